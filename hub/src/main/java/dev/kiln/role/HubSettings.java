package dev.kiln.role;

import dev.kiln.ops.HaltAt;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator decides about the process as a whole.
 *
 * @param data Folder of everything that Kiln keeps.
 * @param bindAddress Address that HTTP and MLLP bind; loopback until the operator says otherwise.
 * @param port Port of HTTP or HTTPS.
 * @param baseUrl Address under which clients reach Kiln, without a path; http://localhost and the
 *     port when not set.
 * @param operatorKeyFile File of the key by which the command line signs in as the operator; made
 *     at the first start.
 * @param https Key store for HTTPS; plain HTTP when not set.
 * @param trustedProxies Addresses of proxies whose X-Forwarded headers are believed; none when
 *     empty.
 * @param requestsPerMinute Requests that one client may make in a minute; whoever has no token is
 *     counted by the address.
 * @param haltAt For fault drills only: ends the process, like a kill, at a step of a message's way,
 *     for example LEASED:3 the third time that one is leased; never when empty.
 */
@Validated
@ConfigurationProperties("kiln")
public record HubSettings(
    @DefaultValue("./data") Path data,
    @DefaultValue("127.0.0.1") @NotBlank String bindAddress,
    @DefaultValue("8080") @Min(1) @Max(65535) int port,
    URI baseUrl,
    @DefaultValue("./data/operator.key") Path operatorKeyFile,
    Https https,
    @DefaultValue List<String> trustedProxies,
    @DefaultValue("1000") @Min(1) int requestsPerMinute,
    HaltAt.Moment haltAt) {

  /**
   * The certificate that Kiln shows.
   *
   * @param keyStore PKCS#12 file with one private key and its certificates.
   * @param passwordFile File that holds the key store's password, and nothing else.
   */
  public record Https(Path keyStore, Path passwordFile) {}

  /** The address of clients without a trailing slash. */
  public String base() {
    if (baseUrl != null) {
      String given = baseUrl.toString();
      return given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
    }
    return (https == null ? "http" : "https") + "://localhost:" + port;
  }
}
