package dev.kiln.routes.settings;

import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * TLS 1.2 and 1.3 of a listener.
 *
 * @param keyStore PKCS#12 file with one private key and its certificates.
 * @param passwordFile File that holds the key store's password, and nothing else.
 * @param clientCertificates Whether senders must show a certificate (required), are asked for one
 *     (wanted), or not (none).
 * @param trustStore PEM file with the certificates of the authorities, or of the senders
 *     themselves, that are trusted.
 */
public record TlsSettings(
    Path keyStore,
    Path passwordFile,
    @DefaultValue("none") ClientCertificates clientCertificates,
    Path trustStore) {

  public TlsSettings {
    if (keyStore == null || passwordFile == null) {
      throw new IllegalArgumentException("both key-store and password-file are needed.");
    }
    if (clientCertificates != ClientCertificates.NONE && trustStore == null) {
      throw new IllegalArgumentException(
          "trust-store is needed where client-certificates are asked for.");
    }
  }

  /** Whether a sender shows who it is by a certificate. */
  public enum ClientCertificates {
    NONE,
    WANTED,
    REQUIRED
  }
}
