package dev.kiln.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.HubProcess;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the hub from starting is told in one line, with an exit code by cause. */
class StartFailureIT {

  @TempDir Path data;

  @Test
  void portTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(
          4,
          "Port " + taken.getLocalPort() + " is taken",
          new HubProcess(data, taken.getLocalPort(), RunningHub.freePort()));
      refused(
          4,
          "Port " + taken.getLocalPort() + " is taken",
          new HubProcess(data, RunningHub.freePort(), taken.getLocalPort()));
    }
  }

  @Test
  void listenersWrong() throws Exception {
    int port = RunningHub.freePort();
    refused(
        9,
        "kiln.routes.listeners.lab.port is " + port + ", which kiln.routes.mllp has already.",
        new HubProcess(
            data, RunningHub.freePort(), port, "--kiln.routes.listeners.lab.port=" + port));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused(
          4,
          "Port " + taken.getLocalPort() + " is taken",
          new HubProcess(data, "--kiln.routes.listeners.lab.port=" + taken.getLocalPort()));
    }
    refused(
        9,
        "kiln.routes.listeners.lab.tls is wrong: both key-store and password-file are needed.",
        new HubProcess(
            data,
            "--kiln.routes.listeners.lab.port=" + RunningHub.freePort(),
            "--kiln.routes.listeners.lab.tls.key-store=lab.p12"));
    Path password = Files.writeString(data.resolve("password"), "secret");
    refused(
        9,
        "kiln.routes.mllp.tls.key-store: there is no file " + data.resolve("no.p12") + ".",
        new HubProcess(
            data,
            "--kiln.routes.mllp.tls.key-store=" + data.resolve("no.p12"),
            "--kiln.routes.mllp.tls.password-file=" + password));
  }

  @Test
  void alertsWrong() throws Exception {
    refused(
        9,
        "kiln.routes.alerts.to: no e-mail is sent without kiln.auth.mail.host.",
        new HubProcess(data, "--kiln.routes.alerts.to=a@example.org"));
  }

  @Test
  void siteProfileWrong() throws Exception {
    Files.createDirectories(data.resolve("sites"));
    Files.writeString(data.resolve("sites/north.yaml"), "facility: NORTH\nzone: UTC\n");
    refused(
        9,
        "north.yaml line 2: there is no setting zone.",
        new HubProcess(data, RunningHub.freePort(), RunningHub.freePort()));
  }

  @Test
  void databaseDown() throws Exception {
    int nobody = RunningHub.freePort();
    refused(
        5,
        "does not answer",
        new HubProcess(
            data, "--kiln.fhir.database.url=jdbc:postgresql://127.0.0.1:" + nobody + "/kiln"));
  }

  @Test
  void wrongPassword() throws Exception {
    Path password = Files.writeString(data.resolve("wrong"), "wrong");
    String pid =
        Files.readAllLines(RunningHub.get().data().resolve("postgres/cluster/postmaster.pid"))
            .get(3);
    refused(
        6,
        "refuses the login of postgres",
        new HubProcess(
            data,
            "--kiln.fhir.database.url=jdbc:postgresql://127.0.0.1:" + pid + "/postgres",
            "--kiln.fhir.database.username=postgres",
            "--kiln.fhir.database.password-file=" + password));
  }

  @Test
  void dataInUse() throws Exception {
    refused(
        8,
        "in use by another Kiln",
        new HubProcess(
            data, "--kiln.fhir.database.folder=" + RunningHub.get().data().resolve("postgres")));
  }

  @Test
  void dataOfAnotherPostgresMajor() throws Exception {
    Path cluster = Files.createDirectories(data.resolve("postgres/cluster"));
    Files.writeString(cluster.resolve("PG_VERSION"), "14\n");
    refused(8, "is of PostgreSQL 14; this Kiln brings 18", new HubProcess(data));
    assertThat(Files.readString(cluster.resolve("PG_VERSION"))).isEqualTo("14\n");
  }

  @Test
  void wrongSetting() throws Exception {
    refused(9, "kiln.fhir.pool-size", new HubProcess(data, "--kiln.fhir.pool-size=many"));
    refused(
        9,
        "kiln.halt-at is wrong: a step and a number from 1 are wanted",
        new HubProcess(data, "--kiln.halt-at=LATER:3"));
    refused(9, "kiln.fhir", new HubProcess(data, "--kiln.fhir.max-page-size=0"));
  }

  @Test
  void aCommandThatCannotDoItsWork() throws Exception {
    Process restore =
        HubProcess.java(data, List.of("restore", data.resolve("no-such-file").toString()));
    assertThat(restore.waitFor()).isEqualTo(1);
    assertThat(Files.readString(data.resolve("console.log"))).contains("kiln: There is no file");
  }

  private static void refused(int exitCode, String line, HubProcess hub)
      throws IOException, InterruptedException {
    assertThat(hub.exitCode()).as(hub.console()).isEqualTo(exitCode);
    assertThat(hub.console().lines().filter(text -> text.startsWith("kiln: ")).toList())
        .singleElement()
        .asString()
        .contains(line);
  }
}
