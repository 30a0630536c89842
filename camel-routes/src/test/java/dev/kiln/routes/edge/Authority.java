package dev.kiln.routes.edge;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that a test makes up, with what it issues. */
public final class Authority {

  public static final String PASSWORD = "correct horse";

  private static final AtomicLong SERIAL = new AtomicLong(1000);

  private final X500Name name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  public Authority(String name) {
    this.name = new X500Name("CN=" + name);
    this.keys = pair();
    this.certificate =
        signed(this.name, keys, Instant.now().minus(Duration.ofDays(1)), in(3650), true);
  }

  public static Instant in(int days) {
    return Instant.now().plus(Duration.ofDays(days));
  }

  /** A key and its certificate, which begins a year before its end. */
  public KeyStore issue(String subject, Instant until) {
    return issue(subject, until.minus(Duration.ofDays(365)), until);
  }

  public KeyStore issue(String subject, Instant from, Instant until) {
    KeyPair own = pair();
    X509Certificate leaf = signed(new X500Name("CN=" + subject), own, from, until, false);
    try {
      KeyStore store = empty();
      store.setKeyEntry(
          "own",
          own.getPrivate(),
          PASSWORD.toCharArray(),
          new X509Certificate[] {leaf, certificate});
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyStore empty() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes it as an operator would put a renewed one in its place: whole, by a move. */
  public static Path write(KeyStore store, Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try (OutputStream out = Files.newOutputStream(beside)) {
      store.store(out, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  public Path writePem(Path file) throws IOException {
    try {
      return Files.writeString(
          file,
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(certificate.getEncoded())
              + "\n-----END CERTIFICATE-----\n");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * TLS of one who trusts this authority.
   *
   * @param own key and certificate to be shown, or null for none
   */
  public SSLContext trusting(KeyStore own) {
    try {
      KeyStore trusted = empty();
      trusted.setCertificateEntry("authority", certificate);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          own == null ? null : new KeyManager[] {new Shown(own)}, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Shows its certificate whoever is asked for; the JDK's own would keep a stranger's back. */
  private static final class Shown extends X509ExtendedKeyManager {

    private static final String ALIAS = "own";
    private final KeyStore own;

    private Shown(KeyStore own) {
      this.own = own;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      try {
        Certificate[] chain = own.getCertificateChain(alias);
        return Arrays.copyOf(chain, chain.length, X509Certificate[].class);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      try {
        return (PrivateKey) own.getKey(alias, PASSWORD.toCharArray());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return null;
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }
  }

  private X509Certificate signed(
      X500Name subject, KeyPair own, Instant from, Instant until, boolean isAuthority) {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.incrementAndGet()),
            Date.from(from),
            Date.from(until),
            subject,
            own.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      if (!isAuthority) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.dNSName, "localhost"),
                  new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
