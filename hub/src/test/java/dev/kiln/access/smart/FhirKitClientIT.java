package dev.kiln.access.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.SmartApp.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A program of Node's that uses the npm library fhir-kit-client. */
class FhirKitClientIT {

  private static final String REDIRECT = "http://127.0.0.1:9/back";
  private static final int OLDEST_NODE = 20;
  private static final String SCOPE = "openid fhirUser launch/patient patient/*.rs";

  @BeforeAll
  static void isThere() {
    assumeTrue(Libraries.areInstalled(), Libraries.MISSING);
    assumeTrue(
        nodesVersion() >= OLDEST_NODE,
        "fhir-kit-client is not tried, since it wants Node.js 20 or newer.");
  }

  @Test
  void launchesAndReads() throws IOException, InterruptedException {
    Chart chart = Chart.get();
    SmartApp app = SmartApp.at(REDIRECT, Kind.PUBLIC, SCOPE);
    Process node =
        new ProcessBuilder(
                "node",
                "read.mjs",
                RunningHub.get().base() + "/fhir",
                app.clientId(),
                REDIRECT,
                SCOPE)
            .directory(Libraries.FOLDER.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader told = node.inputReader();
        Writer tell = node.outputWriter()) {
      String link = told.readLine();
      assertThat(link).startsWith(RunningHub.get().base() + "/oauth2/authorize?");
      String back = chart.drake.allow(link, Chart.PATIENT, line -> true, part -> false);
      tell.write(back + "\n");
      tell.flush();
      String line = told.readLine();
      assertThat(line).as("what it has read").isNotNull();
      JsonNode read = new ObjectMapper().readTree(line);
      assertThat(read.path("patient").asText()).isEqualTo("Smartalba");
      assertThat(texts(read.path("observations")))
          .contains(
              "smart-laboratory",
              "smart-sdoh",
              "smart-social-history",
              "smart-survey",
              "smart-vital-signs")
          .doesNotContain("smart-bert-laboratory");
      assertThat(texts(read.path("conditions")))
          .containsExactly(
              "smart-encounter-diagnosis", "smart-health-concern", "smart-problem-list-item");
      assertThat(read.path("practitioner").asText()).isEqualTo("Smartdrake");
      assertThat(read.path("refused").asInt()).as("another patient").isEqualTo(404);
      assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(node.exitValue()).isZero();
    } finally {
      node.destroy();
    }
  }

  /** The first number; 0 where there is no Node.js. */
  private static int nodesVersion() {
    try {
      Process node = new ProcessBuilder("node", "--version").start();
      try (BufferedReader told = node.inputReader()) {
        String version = String.valueOf(told.readLine());
        return version.matches("v\\d+\\..*") ? Integer.parseInt(version.split("[v.]")[1]) : 0;
      }
    } catch (IOException e) {
      return 0;
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }
}
