package dev.kiln.routes.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.routes.edge.Authority;
import dev.kiln.routes.settings.TlsSettings;
import dev.kiln.routes.settings.TlsSettings.ClientCertificates;
import dev.kiln.routes.settings.WrongListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is wrong with the files is told in one sentence; what is renewed is taken. */
@ExtendWith(OutputCaptureExtension.class)
class ServerTlsTest {

  private final Authority authority = new Authority("Test authority");

  @TempDir Path folder;
  private Path store;
  private Path password;

  @BeforeEach
  void files() throws IOException {
    store = Authority.write(authority.issue("hub", Authority.in(100)), folder.resolve("hub.p12"));
    password = Files.writeString(folder.resolve("password"), Authority.PASSWORD + "\n");
  }

  @Test
  void goodFilesAreTaken() throws IOException {
    Path trust = authority.writePem(folder.resolve("trust.pem"));
    ServerTls tls = ServerTls.of("lab", settings(trust));
    assertThat(tls.ends()).isBetween(Authority.in(99), Authority.in(101));
  }

  @Test
  void filesThatAreMissing() {
    refused(
        new TlsSettings(folder.resolve("no.p12"), password, ClientCertificates.NONE, null),
        "kiln.routes.listeners.lab.tls.key-store: there is no file " + folder.resolve("no.p12"));
    refused(
        new TlsSettings(store, folder.resolve("no"), ClientCertificates.NONE, null),
        "kiln.routes.listeners.lab.tls.password-file: there is no file " + folder.resolve("no"));
    refused(
        settings(folder.resolve("no.pem")),
        "kiln.routes.listeners.lab.tls.trust-store: there is no file " + folder.resolve("no.pem"));
    refused(
        new TlsSettings(folder, password, ClientCertificates.NONE, null),
        "kiln.routes.listeners.lab.tls.key-store: the file " + folder + " cannot be read");
  }

  @Test
  void aPasswordThatDoesNotFit() throws IOException {
    Files.writeString(password, "battery staple");
    refused(
        settings(null),
        "tls.password-file: the password in " + password + " does not open " + store);
  }

  @Test
  void filesThatAreSomethingElse() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "This is no certificate.");
    refused(
        new TlsSettings(text, password, ClientCertificates.NONE, null),
        "tls.key-store: " + text + " is no whole PKCS#12 file");
    refused(settings(text), "tls.trust-store: " + text + " has no certificates in PEM form");
    refused(
        settings(Files.writeString(folder.resolve("empty"), "")),
        "has no certificates in PEM form");
    Authority.write(Authority.empty(), store);
    refused(settings(null), "tls.key-store: " + store + " has 0 private keys");
    KeyStore two = authority.issue("hub", Authority.in(100));
    KeyStore other = authority.issue("other", Authority.in(100));
    char[] secret = Authority.PASSWORD.toCharArray();
    two.setKeyEntry(
        "second", other.getKey("own", secret), secret, other.getCertificateChain("own"));
    Authority.write(two, store);
    refused(settings(null), store + " has 2 private keys; exactly one is wanted.");
  }

  @Test
  void certificatesOfAnotherTime() throws IOException {
    Instant yesterday = Authority.in(-1).truncatedTo(ChronoUnit.SECONDS);
    Authority.write(authority.issue("hub", yesterday), store);
    refused(settings(null), "tls.key-store: a certificate in " + store + " ended at " + yesterday);
    Authority.write(authority.issue("hub", Authority.in(5), Authority.in(10)), store);
    refused(settings(null), "begins only at");
  }

  @Test
  void renewedFilesAreTakenAndBrokenOnesAreNot(CapturedOutput output) throws IOException {
    ServerTls tls = ServerTls.of("lab", settings(null));
    tls.look(Instant.now());
    assertThat(output.getAll())
        .as("nothing has changed")
        .doesNotContain("listener lab", "Listener lab");
    Files.writeString(store, "half a fi");
    touch(1);
    tls.look(Instant.now());
    assertThat(output.getAll())
        .contains("Listener lab keeps the certificate that it has: ")
        .contains(store + " is no whole PKCS#12 file");
    assertThat(tls.ends()).isBefore(Authority.in(101));
    Authority.write(authority.issue("hub", Authority.in(200)), store);
    touch(2);
    tls.look(Instant.now());
    assertThat(tls.ends()).isAfter(Authority.in(199));
    assertThat(output.getAll()).contains("Listener lab has taken its renewed certificate");
  }

  @Test
  void aCertificateThatEndsSoonIsToldOnceADay(CapturedOutput output) throws IOException {
    Authority.write(authority.issue("hub", Authority.in(31)), store);
    ServerTls tls = ServerTls.of("lab", settings(null));
    Instant now = Instant.now();
    tls.look(now);
    assertThat(warnings(output)).isZero();
    tls.look(now.plus(Duration.ofDays(2)));
    tls.look(now.plus(Duration.ofDays(2)).plusSeconds(60));
    tls.look(now.plus(Duration.ofDays(2)).plusSeconds(23 * 3600));
    assertThat(warnings(output)).isEqualTo(1);
    assertThat(output.getAll()).contains("in 28 days");
    tls.look(now.plus(Duration.ofDays(3)));
    assertThat(warnings(output)).isEqualTo(2);
    tls.look(now.plus(Duration.ofDays(40)));
    assertThat(output.getAll()).as("also when it has ended").contains("has ended at");
    Authority.write(authority.issue("hub", Authority.in(400)), store);
    touch(1);
    tls.look(now.plus(Duration.ofDays(41)));
    tls.look(now.plus(Duration.ofDays(42)));
    assertThat(warnings(output)).as("a renewed one is silent").isEqualTo(3);
  }

  private static long warnings(CapturedOutput output) {
    return output.getAll().lines().filter(line -> line.contains("The certificate of")).count();
  }

  /** File systems may keep times too coarsely for a test that writes twice in a moment. */
  private void touch(int seconds) throws IOException {
    Files.setLastModifiedTime(store, FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  private TlsSettings settings(Path trust) {
    return new TlsSettings(
        store,
        password,
        trust == null ? ClientCertificates.NONE : ClientCertificates.REQUIRED,
        trust);
  }

  private static void refused(TlsSettings settings, String sentence) {
    assertThatThrownBy(() -> ServerTls.of("lab", settings))
        .isInstanceOf(WrongListener.class)
        .hasMessageStartingWith("kiln.routes.listeners.lab.tls.")
        .hasMessageEndingWith(".")
        .hasMessageContaining(sentence);
  }
}
