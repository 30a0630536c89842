package dev.kiln;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key that somebody made for himself, in the forms in which tools want it. */
public final class Certificates {

  private final Path store;
  private final KeyStore keys;

  public Certificates(Path folder, String name) throws IOException {
    try {
      store = OwnKey.in(folder.resolve(name + ".p12"));
      keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, OwnKey.PASSWORD.toCharArray());
      }
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** PKCS#12. */
  public Path store() {
    return store;
  }

  public Path password() {
    try {
      return Files.writeString(store.resolveSibling("password"), OwnKey.PASSWORD + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path certificate() {
    try {
      return pem("CERTIFICATE", keys.getCertificate("kiln").getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public Path key() {
    try {
      return pem("PRIVATE KEY", keys.getKey("kiln", OwnKey.PASSWORD.toCharArray()).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path pem(String what, byte[] bytes) {
    Path file = store.resolveSibling(store.getFileName() + "." + what.replace(' ', '-') + ".pem");
    String text =
        "-----BEGIN "
            + what
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
            + "\n-----END "
            + what
            + "-----\n";
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** TLS of one who has this key and trusts the other one's certificate. */
  public SSLContext trusting(Certificates other) throws GeneralSecurityException, IOException {
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, OwnKey.PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("other", other.keys.getCertificate("kiln"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
