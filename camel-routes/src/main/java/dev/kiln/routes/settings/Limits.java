package dev.kiln.routes.settings;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** What several kinds of listeners have in common. */
final class Limits {

  private Limits() {}

  static void buffers(DataSize maxMessageSize, DataSize maxBuffered) {
    if (maxMessageSize.toKilobytes() < 1 || maxMessageSize.toMegabytes() > 256) {
      throw new IllegalArgumentException("max-message-size must lie between 1KB and 256MB.");
    }
    if (maxBuffered.compareTo(maxMessageSize) < 0) {
      throw new IllegalArgumentException("max-buffered must not be less than max-message-size.");
    }
  }

  static void files(DataSize maxFileSize, Duration quiet) {
    if (maxFileSize.toKilobytes() < 1 || maxFileSize.toMegabytes() > 256) {
      throw new IllegalArgumentException("max-file-size must lie between 1KB and 256MB.");
    }
    if (quiet.toMillis() < 100) {
      throw new IllegalArgumentException("quiet must be 100ms or more.");
    }
  }
}
