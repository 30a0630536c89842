package dev.kiln.routes.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A listener for HL7 v2 over HTTP.
 *
 * @param maxMessageSize Largest body that is taken in, from 1KB to 256MB.
 * @param maxBuffered Memory for the bodies of all its senders together, not less than one body.
 * @param acknowledge As that of kiln.routes.mllp.
 * @param appliedTimeout Longest time that on-applied waits.
 */
public record HttpSettings(
    @DefaultValue("16MB") DataSize maxMessageSize,
    @DefaultValue("64MB") DataSize maxBuffered,
    @DefaultValue("on-commit") Acknowledge acknowledge,
    @DefaultValue("10s") Duration appliedTimeout) {

  public HttpSettings {
    Limits.buffers(maxMessageSize, maxBuffered);
  }

  /** How long an acknowledgement waits for the message to be applied. */
  public Duration patience() {
    return acknowledge.patience(appliedTimeout);
  }
}
