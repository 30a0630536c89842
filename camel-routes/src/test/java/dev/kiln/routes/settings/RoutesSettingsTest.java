package dev.kiln.routes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class RoutesSettingsTest {

  @Test
  void theDefaultsOfTheListener() {
    MllpSettings mllp = bind(Map.of("x.mllp.port", "2575"));
    assertThat(mllp.maxConnections()).isEqualTo(50);
    assertThat(mllp.maxMessageSize()).isEqualTo(DataSize.ofMegabytes(16));
    assertThat(mllp.maxBuffered()).isEqualTo(DataSize.ofMegabytes(64));
    assertThat(mllp.frameTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(mllp.acknowledge()).isEqualTo(Acknowledge.ON_COMMIT);
    assertThat(mllp.appliedTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void sizesThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> bind(Map.of("x.mllp.max-buffered", "1MB")))
        .rootCause()
        .hasMessageContaining("max-buffered");
    assertThatThrownBy(() -> bind(Map.of("x.mllp.max-message-size", "1GB")))
        .rootCause()
        .hasMessageContaining("max-message-size");
    assertThatThrownBy(() -> bind(Map.of("x.mllp.frame-timeout", "0s")))
        .rootCause()
        .hasMessageContaining("frame-timeout");
  }

  @Test
  void messagesAreKeptForEverUnlessATimeIsSetAndThenADayAtLeast() {
    RoutesSettings settings = all(Map.of("x.retention.refused", "90d"));
    assertThat(settings.retention().applied()).isNull();
    assertThat(settings.retention().refused()).isEqualTo(Duration.ofDays(90));
    assertThat(all(Map.of("x.workers", "4")).retention().deadLetters()).isNull();
    assertThatThrownBy(() -> all(Map.of("x.retention.dead-letters", "23h")))
        .rootCause()
        .hasMessageContaining("retention.dead-letters");
  }

  @Test
  void furtherListenersHaveTheSameSettings() {
    RoutesSettings settings =
        all(
            Map.of(
                "x.mllp.address", "10.1.2.3",
                "x.listeners.lab.port", "2576",
                "x.listeners.lab.max-connections", "3",
                "x.listeners.lab.acknowledge", "on-applied",
                "x.listeners.ward-9.port", "2575",
                "x.listeners.ward-9.address", "10.1.2.4",
                "x.listeners.ward-9.tls.key-store", "hub.p12",
                "x.listeners.ward-9.tls.password-file", "password",
                "x.listeners.ward-9.tls.client-certificates", "required",
                "x.listeners.ward-9.tls.trust-store", "labs.pem"));
    assertThat(settings.allListeners()).containsOnlyKeys("mllp", "lab", "ward-9");
    assertThat(settings.mllp().port()).isEqualTo(2575);
    assertThat(settings.mllp().tls()).isNull();
    MllpSettings lab = settings.listeners().get("lab");
    assertThat(lab.address()).isEqualTo("10.1.2.3");
    assertThat(lab.maxConnections()).isEqualTo(3);
    assertThat(lab.maxMessageSize()).isEqualTo(DataSize.ofMegabytes(16));
    assertThat(lab.patience()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.listeners().get("ward-9").tls().clientCertificates())
        .isEqualTo(TlsSettings.ClientCertificates.REQUIRED);
  }

  @Test
  void nothingSaidIsOneListenerOnLoopback() {
    RoutesSettings settings = all(Map.of("x.workers", "4"));
    assertThat(settings.allListeners()).containsOnlyKeys("mllp");
    assertThat(settings.mllp().address()).isEqualTo("127.0.0.1");
  }

  @Test
  void twoListenersOnOnePortAreRefused() {
    refused(
        Map.of("x.listeners.lab.acknowledge", "on-commit"),
        "kiln.routes.listeners.lab.port is 2575, which kiln.routes.mllp has already.");
    refused(
        Map.of("x.listeners.lab.port", "2576", "x.listeners.ward.port", "2576"),
        "kiln.routes.listeners.ward.port is 2576, which kiln.routes.listeners.lab has already.");
    refused(
        Map.of("x.listeners.lab.address", "0.0.0.0"),
        "kiln.routes.listeners.lab.port is 2575, which kiln.routes.mllp has already.");
  }

  @Test
  void namesAreShortAndPlain() {
    for (String name : List.of("mllp", "Lab", "lab_9", "l".repeat(41))) {
      refused(
          Map.of("x.listeners[" + name + "].port", "2576"),
          "kiln.routes.listeners." + name + " is no name for a listener");
    }
  }

  @Test
  void tlsWantsAllThatItNeeds() {
    refused(Map.of("x.mllp.tls.key-store", "hub.p12"), "key-store and password-file are needed");
    refused(
        Map.of(
            "x.mllp.tls.key-store", "hub.p12",
            "x.mllp.tls.password-file", "password",
            "x.mllp.tls.client-certificates", "wanted"),
        "trust-store is needed");
  }

  @Test
  void aFolderForFilesIsOneListenersAlone() {
    RoutesSettings settings = all(Map.of("x.files.drop.folder", "in"));
    assertThat(settings.files().get("drop").quiet()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.maxBuffered()).isEqualTo(DataSize.ofMegabytes(80).toBytes());
    assertThatThrownBy(() -> all(Map.of("x.files.a.folder", "in", "x.files.b.folder", "./in")))
        .rootCause()
        .hasMessageContaining("kiln.routes.files.b.folder is that of another");
    assertThatThrownBy(() -> all(Map.of("x.files.a.folder", "in", "x.http.a.max-buffered", "20MB")))
        .rootCause()
        .hasMessageContaining("kiln.routes.files.a has the name of another");
    assertThatThrownBy(() -> all(Map.of("x.files.a.quiet", "5s")))
        .rootCause()
        .hasMessageContaining("folder");
  }

  @Test
  void anSftpServerHasAllThatItNeedsAndAFolderOfOneListenerAlone() {
    RoutesSettings settings = all(sftp(Map.of()));
    SftpSettings lab = settings.sftp().get("lab");
    assertThat(lab.port()).isEqualTo(22);
    assertThat(lab.poll()).isEqualTo(Duration.ofSeconds(10));
    assertThat(lab.patience()).isZero();
    assertThat(settings.maxBuffered()).isEqualTo(DataSize.ofMegabytes(80).toBytes());
    for (String needed : List.of("host", "user", "folder", "known-hosts", "key-file")) {
      Map<String, String> without = sftp(Map.of());
      without.remove("x.sftp.lab." + needed);
      refused(without, needed);
    }
    refused(sftp(Map.of("x.sftp.lab.poll", "500ms")), "poll and timeout must be 1s or more");
    refused(sftp(Map.of("x.sftp.lab.quiet", "5ms")), "quiet must be");
    refused(sftp(Map.of("x.files.lab.folder", "in")), "kiln.routes.sftp.lab has the name of");
    Map<String, String> two = sftp(Map.of());
    Map.copyOf(two).forEach((name, value) -> two.put(name.replace("lab", "ward"), value));
    two.put("x.sftp.ward.host", "SFTP.example.org");
    two.put("x.sftp.ward.folder", "out/");
    refused(two, "kiln.routes.sftp.ward.folder is that of another listener.");
    two.put("x.sftp.ward.folder", "other");
    assertThat(all(two).sftp()).containsOnlyKeys("lab", "ward");
  }

  /** Of a server lab, with more settings. */
  private static Map<String, String> sftp(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("x.sftp.lab.host", "sftp.example.org");
    all.put("x.sftp.lab.user", "kiln");
    all.put("x.sftp.lab.folder", "out");
    all.put("x.sftp.lab.key-file", "key");
    all.put("x.sftp.lab.known-hosts", "known");
    return all;
  }

  @Test
  void aListenerForHttpHasANameThatNoOtherHas() {
    RoutesSettings settings = all(Map.of("x.http.lab.max-message-size", "1MB"));
    assertThat(settings.http()).containsOnlyKeys("lab");
    assertThat(settings.http().get("lab").patience()).isZero();
    assertThat(settings.maxBuffered()).isEqualTo(DataSize.ofMegabytes(128).toBytes());
    assertThatThrownBy(
            () ->
                all(Map.of("x.listeners.lab.port", "2576", "x.http.lab.acknowledge", "on-applied")))
        .rootCause()
        .hasMessageContaining("kiln.routes.http.lab has the name of another");
    assertThatThrownBy(() -> all(Map.of("x.http.mllp.acknowledge", "on-commit")))
        .rootCause()
        .hasMessageContaining("kiln.routes.http.mllp is no name");
    assertThatThrownBy(() -> all(Map.of("x.http.lab.max-buffered", "1MB")))
        .rootCause()
        .hasMessageContaining("max-buffered");
  }

  private static void refused(Map<String, String> settings, String sentence) {
    assertThatThrownBy(() -> all(settings)).rootCause().hasMessageContaining(sentence);
  }

  private static MllpSettings bind(Map<String, String> settings) {
    return all(settings).mllp();
  }

  private static RoutesSettings all(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bind("x", RoutesSettings.class)
        .get();
  }
}
