package dev.kiln.routes.edge.tls;

import dev.kiln.routes.settings.TlsSettings;
import dev.kiln.routes.settings.WrongListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The files of one listener's TLS, and what is wrong with them in one sentence. */
final class TlsFiles {

  private final String setting;
  private final TlsSettings settings;

  /**
   * @param setting what the settings begin with, for example {@code kiln.routes.mllp.tls}
   */
  TlsFiles(String setting, TlsSettings settings) {
    this.setting = setting;
    this.settings = settings;
  }

  /**
   * What was read.
   *
   * @param ends when the first of the own certificates ends
   * @param chain the own certificate, and those that vouch for it, in the order of the file
   */
  record Read(SSLContext context, Instant ends, List<X509Certificate> chain) {}

  /**
   * Reads the files as they are now.
   *
   * @throws WrongListener where they cannot be used at this time
   */
  Read read(Instant now) {
    char[] password = password();
    KeyStore keys = keys(password);
    try {
      List<X509Certificate> chain = chain(keys);
      Instant ends = ends(chain, now);
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trusted().getTrustManagers(), null);
      return new Read(context, ends, chain);
    } catch (UnrecoverableKeyException e) {
      throw wrong("password-file", "the key in " + settings.keyStore() + " has another password");
    } catch (GeneralSecurityException e) {
      throw wrong(
          "key-store",
          settings.keyStore() + " cannot be used for TLS: " + e.getClass().getSimpleName());
    }
  }

  /** When each of the files was written last; one that is missing counts as never written. */
  List<FileTime> written() {
    List<FileTime> times = new ArrayList<>();
    for (Path file : files()) {
      try {
        times.add(Files.getLastModifiedTime(file));
      } catch (IOException e) {
        times.add(FileTime.fromMillis(0));
      }
    }
    return times;
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(settings.keyStore(), settings.passwordFile()));
    if (settings.trustStore() != null) {
      files.add(settings.trustStore());
    }
    return files;
  }

  private char[] password() {
    try {
      return Files.readString(settings.passwordFile()).strip().toCharArray();
    } catch (IOException e) {
      throw unreadable("password-file", settings.passwordFile(), e);
    }
  }

  private KeyStore keys(char[] password) {
    Path file = settings.keyStore();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      return keys;
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw wrong(
            "password-file",
            "the password in " + settings.passwordFile() + " does not open " + file);
      }
      if (Files.isReadable(file) && Files.isRegularFile(file)) {
        throw wrong("key-store", file + " is no whole PKCS#12 file");
      }
      throw unreadable("key-store", file, e);
    } catch (GeneralSecurityException e) {
      throw wrong("key-store", file + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private String ownAlias(KeyStore keys) throws GeneralSecurityException {
    List<String> own = new ArrayList<>();
    for (String alias : Collections.list(keys.aliases())) {
      if (keys.isKeyEntry(alias)) {
        own.add(alias);
      }
    }
    if (own.size() != 1) {
      // With several, the client's greeting would decide which of them it gets to see.
      throw wrong(
          "key-store",
          settings.keyStore() + " has " + own.size() + " private keys; exactly one is wanted");
    }
    return own.get(0);
  }

  private List<X509Certificate> chain(KeyStore keys) throws GeneralSecurityException {
    return Arrays.stream(keys.getCertificateChain(ownAlias(keys)))
        .map(X509Certificate.class::cast)
        .toList();
  }

  private Instant ends(List<X509Certificate> chain, Instant now) {
    Instant ends = Instant.MAX;
    for (X509Certificate own : chain) {
      Instant begin = own.getNotBefore().toInstant();
      Instant end = own.getNotAfter().toInstant();
      if (end.isBefore(now)) {
        throw wrong("key-store", "a certificate in " + settings.keyStore() + " ended at " + end);
      }
      if (begin.isAfter(now)) {
        throw wrong(
            "key-store", "a certificate in " + settings.keyStore() + " begins only at " + begin);
      }
      ends = end.isBefore(ends) ? end : ends;
    }
    return ends;
  }

  /** Nobody is trusted where nothing is said: the JDK's public authorities vouch for no sender. */
  private TrustManagerFactory trusted() throws GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException("An empty key store is read from nowhere", e);
    }
    if (settings.trustStore() != null) {
      int number = 0;
      for (Certificate certificate : trustedCertificates()) {
        trusted.setCertificateEntry("trusted-" + number++, certificate);
      }
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    return factory;
  }

  private Collection<? extends Certificate> trustedCertificates() {
    Path file = settings.trustStore();
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw wrong("trust-store", file + " has no certificates in PEM form");
      }
      return certificates;
    } catch (IOException e) {
      throw unreadable("trust-store", file, e);
    } catch (CertificateException e) {
      throw wrong("trust-store", file + " has no certificates in PEM form");
    }
  }

  private WrongListener unreadable(String name, Path file, IOException e) {
    return wrong(
        name,
        e instanceof NoSuchFileException
            ? "there is no file " + file
            : "the file " + file + " cannot be read");
  }

  private WrongListener wrong(String name, String what) {
    return new WrongListener(setting + "." + name + ": " + what + ".");
  }
}
