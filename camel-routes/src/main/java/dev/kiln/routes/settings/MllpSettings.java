package dev.kiln.routes.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * An MLLP listener.
 *
 * @param address Address that it binds; where it is not said, that of HTTP, and for further
 *     listeners that of the first one.
 * @param port Port that it binds.
 * @param maxConnections Senders that are served at once.
 * @param maxMessageSize Largest message that is taken in, from 1KB to 256MB.
 * @param maxBuffered Memory for the frames of all its senders together, not less than one message;
 *     that of all listeners is at most half of the heap.
 * @param frameTimeout Longest time that a sender may take from the first byte of a frame to its
 *     last.
 * @param acknowledge When a message is acknowledged: when it is stored in the inbox (on-commit) or
 *     when it has reached the FHIR store (on-applied).
 * @param appliedTimeout Longest time that on-applied waits.
 * @param tls TLS; none when not set.
 */
public record MllpSettings(
    String address,
    @DefaultValue("2575") @Min(1) @Max(65535) int port,
    @DefaultValue("50") @Min(1) @Max(1000) int maxConnections,
    @DefaultValue("16MB") DataSize maxMessageSize,
    @DefaultValue("64MB") DataSize maxBuffered,
    @DefaultValue("60s") Duration frameTimeout,
    @DefaultValue("on-commit") Acknowledge acknowledge,
    @DefaultValue("10s") Duration appliedTimeout,
    @NestedConfigurationProperty TlsSettings tls) {

  public MllpSettings {
    Limits.buffers(maxMessageSize, maxBuffered);
    if (frameTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("frame-timeout must be longer than nothing.");
    }
  }

  MllpSettings at(String otherwise) {
    return address == null || address.isBlank()
        ? new MllpSettings(
            otherwise,
            port,
            maxConnections,
            maxMessageSize,
            maxBuffered,
            frameTimeout,
            acknowledge,
            appliedTimeout,
            tls)
        : this;
  }

  /** Whether the two cannot both be opened; port 0 is another one for each. */
  boolean meets(MllpSettings other) {
    return port == other.port
        && port != 0
        && (address.equals(other.address) || isEverywhere() || other.isEverywhere());
  }

  private boolean isEverywhere() {
    return address.equals("0.0.0.0") || address.equals("::");
  }

  /** How long an acknowledgement waits for the message to be applied. */
  public Duration patience() {
    return acknowledge.patience(appliedTimeout);
  }
}
