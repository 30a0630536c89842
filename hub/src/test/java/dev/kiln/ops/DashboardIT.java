package dev.kiln.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.HubProcess;
import dev.kiln.Messages;
import dev.kiln.Mllp;
import dev.kiln.OwnKey;
import dev.kiln.RunningHub;
import dev.kiln.ops.DashboardQuery.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each query of the Grafana dashboard finds what it asks for in a hub that has seen traffic. */
class DashboardIT {

  private static final Path DASHBOARD = Path.of("../docs/grafana/kiln.json");
  private static final Pattern SAMPLE = Pattern.compile("([\\w:]+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  @TempDir Path data;

  @Test
  void everyQueryFindsItsMetricsAndLabels() throws Exception {
    Map<String, Set<String>> there = scrape(traffic());
    List<DashboardQuery> queries = DashboardQuery.of(DASHBOARD);
    assertThat(queries).hasSizeGreaterThan(20);
    Set<String> wrong = new TreeSet<>();
    for (DashboardQuery query : queries) {
      assertThat(query.metrics()).as(query.expression()).isNotEmpty();
      for (Metric metric : query.metrics()) {
        Set<String> labels = there.get(metric.name());
        if (labels == null) {
          wrong.add(query.expression() + ": there is no " + metric.name());
        } else {
          Set<String> wanted = new TreeSet<>(metric.labels());
          wanted.addAll(query.groups());
          wanted.removeAll(labels);
          wanted.forEach(
              label ->
                  wrong.add(query.expression() + ": " + metric.name() + " has no label " + label));
        }
      }
    }
    assertThat(wrong).isEmpty();
    // What has been renamed must not be passed over because it was never asked for.
    assertThat(queries.stream().flatMap(query -> query.metrics().stream()).map(Metric::name))
        .contains("kiln_inbox_waiting", "kiln_inbox_dead_letters", "kiln_alerts");
    // Patients are no labels, however much has come.
    assertThat(there.values().stream().flatMap(Set::stream)).doesNotContain("lane", "sender");
  }

  @Test
  void theFileIsOneThatGrafanaTakes() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(Files.readString(DASHBOARD));
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).as("ids are unique").isTrue();
      assertThat(panel.path("title").asText()).isNotBlank();
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
        assertThat(panel.path("targets")).isNotEmpty();
        assertThat(panel.path("description").asText()).isNotBlank();
      }
    }
    assertThat(dashboard.path("uid").asText()).isEqualTo("kiln");
  }

  /** A hub with all that can be counted; a message with and one without TLS, and one refused. */
  private String traffic() throws Exception {
    int port = RunningHub.freePort();
    int first = RunningHub.freePort();
    int lab = RunningHub.freePort();
    Path keys = OwnKey.in(data.resolve("lab.p12"));
    Path password = Files.writeString(data.resolve("password"), OwnKey.PASSWORD + "\n");
    Path secret = Files.writeString(data.resolve("secret"), "a secret of the tests\n");
    String id = UUID.randomUUID().toString().substring(0, 12);
    try (HubProcess hub =
        new HubProcess(
            data,
            port,
            first,
            "--kiln.routes.listeners.lab.port=" + lab,
            "--kiln.routes.listeners.lab.tls.key-store=" + keys,
            "--kiln.routes.listeners.lab.tls.password-file=" + password,
            "--kiln.routes.alerts.webhook.url=http://127.0.0.1:" + RunningHub.freePort(),
            "--kiln.routes.alerts.webhook.secret-file=" + secret)) {
      hub.awaitReady();
      try (Mllp sender = new Mllp(first)) {
        assertThat(sender.send(Messages.admission("F" + id, "F" + id))).contains("MSA|AA");
        assertThat(sender.send("no message")).contains("MSA|AR");
      }
      Path file = Files.writeString(data.resolve("a.hl7"), Messages.admission("L" + id, "L" + id));
      Path folder = Files.createDirectory(data.resolve("command"));
      Process send =
          HubProcess.java(
              folder,
              List.of("send", file.toString(), "--listener", "lab"),
              "KILN_ROUTES_LISTENERS_LAB_PORT=" + lab,
              "KILN_ROUTES_LISTENERS_LAB_TLS_KEYSTORE=" + keys,
              "KILN_ROUTES_LISTENERS_LAB_TLS_PASSWORDFILE=" + password);
      assertThat(send.waitFor()).as(Files.readString(folder.resolve("console.log"))).isZero();
      for (int i = 0; ; i++) {
        String metrics = hub.http().get("/actuator/prometheus").text();
        if (metrics.contains("kiln_inbox_applied_seconds_count")) {
          return metrics;
        }
        assertThat(i).isLessThan(300);
        Thread.sleep(200);
      }
    }
  }

  /** The labels of each metric, in all of its samples together. */
  private static Map<String, Set<String>> scrape(String text) {
    Map<String, Set<String>> metrics = new TreeMap<>();
    text.lines()
        .map(SAMPLE::matcher)
        .filter(Matcher::matches)
        .forEach(
            sample -> {
              Set<String> labels =
                  metrics.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
              if (sample.group(2) != null) {
                Matcher label = LABEL.matcher(sample.group(2));
                while (label.find()) {
                  labels.add(label.group(1));
                }
              }
            });
    return metrics;
  }
}
