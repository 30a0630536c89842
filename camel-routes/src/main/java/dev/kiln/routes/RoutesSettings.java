package dev.kiln.routes;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator decides about the wire protocols.
 *
 * @param mllp The MLLP listener.
 * @param workers Messages of different patients that are applied at the same time.
 * @param poolSize Connections in the inbox's own pool.
 * @param timeZone Zone of times that a message gives without an offset.
 * @param sites Folder of the site profiles, which say what is peculiar to a sender.
 * @param retention How long finished messages are kept.
 */
@Validated
@ConfigurationProperties("kiln.routes")
public record RoutesSettings(
    @Valid @DefaultValue Mllp mllp,
    @DefaultValue("4") @Min(1) @Max(64) int workers,
    @DefaultValue("8") @Min(2) @Max(200) int poolSize,
    @DefaultValue("UTC") ZoneId timeZone,
    @DefaultValue("./data/sites") Path sites,
    @DefaultValue Retention retention) {

  /** Says in one sentence, with file and line, what is wrong in a site profile. */
  public static final class WrongSite extends RuntimeException {

    public WrongSite(String sentence) {
      super(sentence);
    }
  }

  /**
   * The MLLP listener.
   *
   * @param address Address that it binds.
   * @param port Port that it binds.
   * @param maxConnections Senders that are served at once.
   * @param maxMessageSize Largest message that is taken in, from 1KB to 256MB.
   * @param maxBuffered Memory for the frames of all senders together, not less than one message.
   * @param frameTimeout Longest time that a sender may take from the first byte of a frame to its
   *     last.
   * @param acknowledge When a message is acknowledged: when it is stored in the inbox (on-commit)
   *     or when it has reached the FHIR store (on-applied).
   * @param appliedTimeout Longest time that on-applied waits.
   */
  public record Mllp(
      @DefaultValue("127.0.0.1") @NotBlank String address,
      @DefaultValue("2575") @Min(1) @Max(65535) int port,
      @DefaultValue("50") @Min(1) @Max(1000) int maxConnections,
      @DefaultValue("16MB") DataSize maxMessageSize,
      @DefaultValue("64MB") DataSize maxBuffered,
      @DefaultValue("60s") Duration frameTimeout,
      @DefaultValue("on-commit") Acknowledge acknowledge,
      @DefaultValue("10s") Duration appliedTimeout) {

    public Mllp {
      if (maxMessageSize.toKilobytes() < 1 || maxMessageSize.toMegabytes() > 256) {
        throw new IllegalArgumentException("max-message-size must lie between 1KB and 256MB.");
      }
      if (maxBuffered.compareTo(maxMessageSize) < 0) {
        throw new IllegalArgumentException("max-buffered must not be less than max-message-size.");
      }
      if (frameTimeout.toMillis() < 1) {
        throw new IllegalArgumentException("frame-timeout must be longer than nothing.");
      }
    }

    /** How long an acknowledgement waits for the message to be applied. */
    public Duration patience() {
      return acknowledge == Acknowledge.ON_APPLIED ? appliedTimeout : Duration.ZERO;
    }
  }

  /**
   * How long finished messages are kept, each with its bytes and its trace. A day is the least;
   * without a time they are kept for ever.
   *
   * @param applied Messages that have reached the store.
   * @param refused Messages that were refused when they came.
   * @param deadLetters Messages that nobody could apply, and nobody has replayed.
   */
  public record Retention(Duration applied, Duration refused, Duration deadLetters) {

    public Retention {
      least("applied", applied);
      least("refused", refused);
      least("dead-letters", deadLetters);
    }

    private static void least(String name, Duration age) {
      if (age != null && age.compareTo(Duration.ofDays(1)) < 0) {
        throw new IllegalArgumentException("retention." + name + " must be a day or more.");
      }
    }
  }

  /** The moment from which on a sender may forget a message. */
  public enum Acknowledge {
    ON_COMMIT,
    ON_APPLIED
  }
}
