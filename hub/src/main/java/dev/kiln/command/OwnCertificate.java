package dev.kiln.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificate that the hub on this machine shows, read from its own file. */
final class OwnCertificate {

  private OwnCertificate() {}

  /** TLS that trusts this certificate alone. */
  static SSLContext trusted(Path keyStore, Path passwordFile)
      throws IOException, GeneralSecurityException {
    KeyStore own =
        KeyStore.getInstance(
            keyStore.toFile(), Files.readString(passwordFile).strip().toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (String alias : Collections.list(own.aliases())) {
      trusted.setCertificateEntry(alias, own.getCertificate(alias));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
