package dev.kiln.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.HubProcess;
import dev.kiln.Messages;
import dev.kiln.Mllp;
import dev.kiln.OwnKey;
import dev.kiln.RunningHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub with a second listener, which speaks TLS. */
class ListenersIT {

  private final String id = UUID.randomUUID().toString().substring(0, 12);

  @TempDir Path data;

  @Test
  void aListenerOfItsOwnForAPartner() throws Exception {
    int port = RunningHub.freePort();
    int first = RunningHub.freePort();
    int lab = RunningHub.freePort();
    Path keys = OwnKey.in(data.resolve("lab.p12"));
    Path password = Files.writeString(data.resolve("password"), OwnKey.PASSWORD + "\n");
    try (HubProcess hub =
        new HubProcess(
            data,
            port,
            first,
            "--kiln.routes.listeners.lab.port=" + lab,
            "--kiln.routes.listeners.lab.tls.key-store=" + keys,
            "--kiln.routes.listeners.lab.tls.password-file=" + password)) {
      hub.awaitReady();
      try (Mllp sender = new Mllp(first)) {
        assertThat(sender.send(Messages.admission("F" + id, "F" + id))).contains("MSA|AA|F" + id);
      }
      String[] environment = {
        "KILN_DATA=" + data,
        "KILN_PORT=" + port,
        "KILN_ROUTES_MLLP_PORT=" + first,
        "KILN_ROUTES_LISTENERS_LAB_PORT=" + lab,
        "KILN_ROUTES_LISTENERS_LAB_TLS_KEYSTORE=" + keys,
        "KILN_ROUTES_LISTENERS_LAB_TLS_PASSWORDFILE=" + password
      };
      Path file = Files.writeString(data.resolve("a.hl7"), Messages.admission("L" + id, "L" + id));
      assertThat(run(List.of("send", file.toString(), "--listener", "lab"), environment))
          .contains("MSA|AA|L" + id);
      assertThat(run(List.of("doctor"), environment))
          .contains("Port " + first + " held by the hub", "Port " + lab + " held by the hub");
      assertThat(hub.http().get("/actuator/prometheus").text())
          .contains(
              "kiln_inbox_received_total{listener=\"lab\",outcome=\"accepted\"} 1.0",
              "kiln_inbox_received_total{listener=\"mllp\",outcome=\"accepted\"} 1.0",
              "kiln_mllp_handshakes_total{listener=\"lab\",outcome=\"secured\"} 1.0",
              "kiln_mllp_connections{listener=\"lab\"} ",
              "kiln_mllp_received_bytes_total{listener=\"lab\"} ",
              "kiln_mllp_last_frame_timestamp_seconds{listener=\"lab\"} 1",
              "kiln_certificate_expiry_seconds{listener=\"lab\"} ");
    }
  }

  private String run(List<String> command, String... environment) throws Exception {
    // Beside the hub's, whose output has the same name.
    Path folder = Files.createTempDirectory(data, "command");
    Process process = HubProcess.java(folder, command, environment);
    process.waitFor();
    return Files.readString(folder.resolve("console.log")).replaceAll(" +", " ");
  }
}
