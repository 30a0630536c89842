package dev.kiln.routes.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A folder on a partner's SFTP server, from which files are fetched.
 *
 * @param host Name or address of the server.
 * @param port Its port.
 * @param user User to sign in as.
 * @param folder The folder on the server; one that does not begin with a slash lies in the user's
 *     own. It must be one in which the user may write: what is done with is moved there.
 * @param keyFile File with the private key to sign in with, without a passphrase.
 * @param passwordFile File that holds the password to sign in with, and nothing else.
 * @param knownHosts File with the keys by which the server is known, as OpenSSH's known_hosts; a
 *     server that is not in it, or has another key, is not talked to.
 * @param poll How often the folder is looked at, from 1s.
 * @param maxFileSize Largest file that is taken in, from 1KB to 256MB.
 * @param quiet How long a file must have stayed as it is before it is taken for finished.
 * @param timeout Longest time that the server may take to answer, from 1s.
 * @param acknowledge As that of kiln.routes.mllp.
 * @param appliedTimeout Longest time that on-applied waits for a message.
 */
public record SftpSettings(
    String host,
    @DefaultValue("22") @Min(1) @Max(65535) int port,
    String user,
    String folder,
    Path keyFile,
    Path passwordFile,
    Path knownHosts,
    @DefaultValue("10s") Duration poll,
    @DefaultValue("16MB") DataSize maxFileSize,
    @DefaultValue("5s") Duration quiet,
    @DefaultValue("30s") Duration timeout,
    @DefaultValue("on-commit") Acknowledge acknowledge,
    @DefaultValue("10s") Duration appliedTimeout) {

  public SftpSettings {
    refuseMissing("host", host);
    refuseMissing("user", user);
    refuseMissing("folder", folder);
    if (keyFile == null && passwordFile == null) {
      throw new IllegalArgumentException("an SFTP server needs key-file or password-file.");
    }
    if (knownHosts == null) {
      throw new IllegalArgumentException("an SFTP server needs its setting known-hosts.");
    }
    if (poll.toMillis() < 1000 || timeout.toMillis() < 1000) {
      throw new IllegalArgumentException("poll and timeout must be 1s or more.");
    }
    Limits.files(maxFileSize, quiet);
  }

  /** Two names of one server, and a folder named from the root or not, are not seen through. */
  String place() {
    return String.join(
        "\u001f",
        host.toLowerCase(Locale.ROOT),
        String.valueOf(port),
        user,
        folder.replaceFirst("/+$", ""));
  }

  private static void refuseMissing(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("an SFTP server needs its setting " + name + ".");
    }
  }

  /** How long an acknowledgement waits for the message to be applied. */
  public Duration patience() {
    return acknowledge.patience(appliedTimeout);
  }
}
