package dev.kiln.routes;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
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
 */
@Validated
@ConfigurationProperties("kiln.routes")
public record RoutesSettings(
    @Valid @DefaultValue Mllp mllp,
    @DefaultValue("4") @Min(1) @Max(64) int workers,
    @DefaultValue("8") @Min(2) @Max(200) int poolSize,
    @DefaultValue("UTC") ZoneId timeZone,
    @DefaultValue("./data/sites") Path sites) {

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
   * @param maxMessageSize Largest frame that is read.
   */
  public record Mllp(
      @DefaultValue("127.0.0.1") @NotBlank String address,
      @DefaultValue("2575") @Min(1) @Max(65535) int port,
      @DefaultValue("50") @Min(1) @Max(1000) int maxConnections,
      @DefaultValue("16MB") DataSize maxMessageSize) {}
}
