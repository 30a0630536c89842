package dev.kiln.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http;
import dev.kiln.HubProcess;
import dev.kiln.Messages;
import dev.kiln.Mllp;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup of a running hub, restored into an empty folder, is the same to the last version of the
 * last resource.
 */
class BackupIT {

  @Test
  void whatIsRestoredIsWhatWasBackedUp(@TempDir Path folder) throws Exception {
    RunningHub hub = RunningHub.get();
    Http fhir = hub.http();
    String id =
        fhir.post(
                "/fhir/Patient",
                "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Ba\\\\ck\\tup \\u00e9\\u4e2d\"}]}")
            .id();
    fhir.put(
        "/fhir/Patient/" + id,
        "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\",\"active\":true}");
    fhir.delete("/fhir/Patient/" + id);
    String mrn = UUID.randomUUID().toString().substring(0, 13);
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      sender.send(Messages.admission(mrn, mrn));
    }
    for (int i = 0;
        fhir.get("/fhir/Patient?identifier=" + mrn).json().path("total").asInt() == 0;
        i++) {
      assertThat(i).isLessThan(300);
      Thread.sleep(100);
    }
    Path file = folder.resolve("kiln.backup");
    Map<String, String> before = history(fhir);
    command(hub.data(), "backup", file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(before).hasSizeGreaterThan(3);

    Path fresh = folder.resolve("fresh");
    Process foreign = HubProcess.java(fresh, List.of("restore", ofAnotherRelease(file).toString()));
    assertThat(foreign.waitFor()).isEqualTo(8);
    assertThat(Files.readString(fresh.resolve("console.log"))).contains("is of another release");
    command(fresh, "restore", file);
    Path key = fresh.resolve("messages.key");
    assertThat(read(fresh.resolve("console.log")))
        .contains("put the key file of the hub that was backed up at " + key);
    HubProcess keyless = new HubProcess(fresh, "--kiln.base-url=" + hub.base());
    assertThat(keyless.exitCode()).isEqualTo(8);
    assertThat(keyless.console())
        .contains(
            "kiln: Messages in the database are sealed with key 1, and there is no file " + key);
    Files.copy(hub.data().resolve("messages.key"), key);
    try (HubProcess restored =
        new HubProcess(fresh, "--kiln.base-url=" + hub.base()).awaitReady()) {
      assertThat(history(restored.http(hub.base()))).isEqualTo(before);
      assertThat(
              restored
                  .http(hub.base())
                  .get("/fhir/Patient?identifier=" + mrn)
                  .json()
                  .path("total")
                  .asInt())
          .isEqualTo(1);
      assertThat(
              restored
                  .http(hub.base())
                  .post("/fhir/Patient", "{\"resourceType\":\"Patient\"}")
                  .status())
          .as("its sequences go on where they were")
          .isEqualTo(201);
      assertThat(raw(restored.http(hub.base()), mrn))
          .as("with its key, what a message said can be read")
          .contains("Kettle");
      try (Mllp sender = new Mllp(restored.mllpPort())) {
        assertThat(sender.send(Messages.admission(mrn + "x", mrn + "x"))).contains("MSA|AA");
      }
    }
    Process again = HubProcess.java(fresh, List.of("restore", file.toString()));
    assertThat(again.waitFor()).isEqualTo(8);
    assertThat(Files.readString(fresh.resolve("console.log"))).contains("already holds data");
    Process twice = HubProcess.java(hub.data(), List.of("backup", file.toString()));
    assertThat(twice.waitFor()).isEqualTo(1);
  }

  private static String raw(Http fhir, String control) {
    JsonNode found = fhir.get("/fhir/$messages?control-id=" + control).json();
    String id = part(found.at("/parameter/0/part"), "id").findPath("valueString").asText();
    JsonNode message =
        fhir.post(
                "/fhir/$message",
                """
                {"resourceType": "Parameters", "parameter": [
                  {"name": "id", "valueString": "%s"},
                  {"name": "reason", "valueString": "Is what was restored what was sealed?"}]}
                """
                    .formatted(id))
            .json();
    String raw = part(message.path("parameter"), "raw").path("valueBase64Binary").asText();
    return new String(Base64.getDecoder().decode(raw), StandardCharsets.UTF_8);
  }

  private static JsonNode part(JsonNode parts, String name) {
    for (JsonNode part : parts) {
      if (part.path("name").asText().equals(name)) {
        return part;
      }
    }
    return parts.path("absent");
  }

  /** The same file, but for the schema version that its manifest tells. */
  private static Path ofAnotherRelease(Path file) throws IOException {
    Path other = file.resolveSibling("other.backup");
    try (ZipFile zip = new ZipFile(file.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(other))) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(
            entry.getName().equals("manifest.json")
                ? new String(content)
                    .replaceFirst("\"inbox\" : \"[^\"]*\"", "\"inbox\" : \"99\"")
                    .getBytes()
                : content);
      }
    }
    return other;
  }

  private static void command(Path data, String name, Path file) throws Exception {
    Process process = HubProcess.java(data, List.of(name, file.toString()));
    assertThat(process.waitFor()).as(() -> read(data.resolve("console.log"))).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  /** Every version of every resource, deletions included. */
  static Map<String, String> history(Http fhir) {
    Map<String, String> versions = new TreeMap<>();
    JsonNode page = fhir.get("/fhir/_history?_count=500").json();
    while (true) {
      for (JsonNode entry : page.path("entry")) {
        String resource = entry.path("resource").toString();
        versions.put(
            entry.at("/request/method").asText()
                + " "
                + entry.path("fullUrl").asText()
                + " "
                + entry.at("/response/etag").asText()
                + entry.at("/resource/meta/versionId").asText(),
            resource);
      }
      String next = null;
      for (JsonNode link : page.path("link")) {
        if ("next".equals(link.path("relation").asText())) {
          next = link.path("url").asText();
        }
      }
      if (next == null) {
        return versions;
      }
      page = fhir.get(next.replaceFirst("https?://[^/]+", "")).json();
    }
  }
}
