package dev.kiln.command.send;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The files of TLS to a partner.
 *
 * @param trust PEM file of the partner's certificate or of who has issued it; null for the public
 *     authorities that the JDK knows
 * @param keyStore PKCS#12 file with the key and certificate that are shown; null for none
 * @param passwordFile has the key store's password; null where there is none
 */
public record PartnerTls(Path trust, Path keyStore, Path passwordFile) {

  SSLContext context() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(), trusted(), null);
    return context;
  }

  private KeyManager[] keys() throws IOException, GeneralSecurityException {
    if (keyStore == null) {
      return null;
    }
    char[] password = Files.readString(passwordFile).strip().toCharArray();
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, password);
      return factory.getKeyManagers();
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException(
          keyStore + " is no PKCS#12 file that the password in " + passwordFile + " opens", e);
    }
  }

  private TrustManager[] trusted() throws IOException, GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    if (trust == null) {
      factory.init((KeyStore) null);
      return factory.getTrustManagers();
    }
    Collection<? extends Certificate> certificates = certificates();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("trusted-" + number++, certificate);
    }
    factory.init(store);
    return new TrustManager[] {
      new Named(List.copyOf(certificates), (X509ExtendedTrustManager) factory.getTrustManagers()[0])
    };
  }

  private Collection<? extends Certificate> certificates() throws IOException {
    try (InputStream in = Files.newInputStream(trust)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (CertificateException e) {
      throw new IOException(trust + " has no certificates in PEM form", e);
    }
    throw new IOException(trust + " has no certificates in PEM form");
  }

  /**
   * Takes a certificate that the file itself has, whatever host it names: partners give out such
   * that name none. All others must be issued by one of the file's and name the host.
   */
  private static final class Named extends X509ExtendedTrustManager {

    private final List<? extends Certificate> own;
    private final X509ExtendedTrustManager others;

    private Named(List<? extends Certificate> own, X509ExtendedTrustManager others) {
      this.own = own;
      this.others = others;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      if (own.contains(chain[0])) {
        chain[0].checkValidity();
      } else {
        others.checkServerTrusted(chain, type, socket);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      others.checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      others.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      others.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      others.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      others.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return others.getAcceptedIssuers();
    }
  }
}
