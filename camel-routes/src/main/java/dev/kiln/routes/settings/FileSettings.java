package dev.kiln.routes.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A folder into which files are dropped.
 *
 * @param folder The folder, which is made where there is none; two listeners cannot have the same.
 * @param maxFileSize Largest file that is taken in, from 1KB to 256MB.
 * @param quiet How long a file must have stayed as it is before it is taken for finished.
 * @param acknowledge As that of kiln.routes.mllp.
 * @param appliedTimeout Longest time that on-applied waits for a message.
 */
public record FileSettings(
    Path folder,
    @DefaultValue("16MB") DataSize maxFileSize,
    @DefaultValue("5s") Duration quiet,
    @DefaultValue("on-commit") Acknowledge acknowledge,
    @DefaultValue("10s") Duration appliedTimeout) {

  public FileSettings {
    if (folder == null) {
      throw new IllegalArgumentException("a folder for files needs its setting folder.");
    }
    Limits.files(maxFileSize, quiet);
  }

  /** How long an acknowledgement waits for the message to be applied. */
  public Duration patience() {
    return acknowledge.patience(appliedTimeout);
  }
}
