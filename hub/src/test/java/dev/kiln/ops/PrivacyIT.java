package dev.kiln.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Mllp;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A canary flies through every way in, right and wrong, and may be seen in no log, metric or health
 * answer.
 */
@ExtendWith(OutputCaptureExtension.class)
class PrivacyIT {

  private static final String CANARY = "Zanzibarcanary";

  @Test
  void nothingPersonalIsLoggedOrCounted(CapturedOutput output) throws Exception {
    RunningHub hub = RunningHub.get();
    Http fhir = hub.http();
    String patient =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:c\",\"value\":\""
            + CANARY
            + "\"}],\"name\":[{\"family\":\""
            + CANARY
            + "\"}]}";
    String id = fhir.post("/fhir/Patient", patient).id();
    assertThat(id).isNotBlank();
    fhir.get("/fhir/Patient?family=" + CANARY);
    fhir.get("/fhir/Patient?" + CANARY + "=1");
    fhir.get("/fhir/Patient?family:" + CANARY + "=1");
    fhir.get("/fhir/Patient?birthdate=" + CANARY);
    fhir.get("/fhir/Patient/" + CANARY);
    fhir.get("/fhir/" + CANARY);
    fhir.get("/" + CANARY);
    fhir.get("/fhir/Patient/$" + CANARY);
    fhir.post("/fhir/Patient", patient.replace("\"name\"", "\"" + CANARY + "\""));
    fhir.post("/fhir/Patient", patient.substring(0, patient.length() - 3));
    fhir.post("/fhir/Patient", "{\"resourceType\":\"Patient\",\"gender\":\"" + CANARY + "\"}");
    fhir.post("/fhir/Patient", "{\"resourceType\":\"Patient\",\"birthDate\":\"" + CANARY + "\"}");
    fhir.post("/fhir/" + CANARY, patient);
    fhir.put("/fhir/Patient/" + id, patient);
    fhir.post("/fhir/Patient", patient, "If-None-Exist", "identifier=urn:c%7C" + CANARY);
    fhir.post("/fhir/Patient", patient);
    fhir.put("/fhir/Patient?identifier=urn:c%7C" + CANARY, patient);
    fhir.post(
        "/fhir/Observation",
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"Patient/"
            + CANARY
            + "\"}}");
    fhir.post(
        "/fhir/Patient",
        "<Patient xmlns=\"http://hl7.org/fhir\"><" + CANARY + "/>",
        "Content-Type",
        "application/fhir+xml");
    fhir.post(
        "/fhir",
        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"request\":{\"method\":\"GET\",\"url\":\"Patient?"
            + CANARY
            + "=1\"}}]}");
    fhir.send(
        "PATCH",
        "/fhir/Patient/" + id,
        ("[{\"op\":\"replace\",\"path\":\"/" + CANARY + "\",\"value\":\"x\"}]").getBytes(),
        "Content-Type",
        "application/json-patch+json");
    List<String> messages = new ArrayList<>();
    String header = "MSH|^~\\&|REG|HOSP|KILN|HUB|20260301||ADT^A01|";
    messages.add(header + "canary1|P|2.5\rPID|1||" + CANARY + "||" + CANARY + "^A||19700101|F");
    messages.add(
        header
            + "canary2|P|2.5\rPID|1||"
            + CANARY
            + "||"
            + CANARY
            + "||"
            + CANARY
            + "|"
            + CANARY
            + "\rPV1|1|"
            + CANARY);
    messages.add(header + "canary3|P|" + CANARY + "\rPID|1||" + CANARY);
    messages.add(header + "|P|2.5\rPID|1||" + CANARY);
    messages.add(CANARY + " without any header");
    messages.add(
        "MSH|^~\\&|REG|HOSP|KILN|HUB|20260301||ORU^R01|canary4|P|2.5\rPID|1||"
            + CANARY
            + "\rOBR|1\rOBX|1|NM|x||"
            + CANARY);
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      for (String message : messages) {
        sender.send(message.getBytes());
      }
    }
    try (Socket unframed = new Socket(InetAddress.getLoopbackAddress(), hub.mllpPort())) {
      unframed.getOutputStream().write((CANARY + "\u000bMSH|^~\\&|" + CANARY).getBytes());
    }
    Thread.sleep(3000);
    assertThat(hub.http().get("/actuator/prometheus").text())
        .contains("kiln_inbox")
        .doesNotContain(CANARY);
    assertThat(hub.http().get("/actuator/health").text()).doesNotContain(CANARY);
    assertThat(lines(output.getAll())).as("console").isEmpty();
    try (Stream<Path> files = Stream.of(hub.log(), hub.data().resolve("postgres/postgres.log"))) {
      for (Path file : files.toList()) {
        assertThat(lines(Files.readString(file))).as(file.toString()).isEmpty();
      }
    }
    assertThat(Files.readString(hub.log()))
        .as("the log that was read is the one that is written")
        .contains("\"requestId\"");
  }

  private static List<String> lines(String text) throws IOException {
    return text.lines()
        .filter(line -> line.contains(CANARY))
        .map(line -> line.substring(0, Math.min(600, line.length())))
        .toList();
  }
}
