package dev.kiln.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.bench.hub.CpuTime;
import dev.kiln.bench.hub.HubUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the way from MLLP to committed FHIR: eight senders send as fast as they are
 * acknowledged, after a warm-up of a quarter as many messages that is not measured.
 */
final class Throughput {

  private static final int WARM_UP_PART = 4;

  private final HubUnderTest hub;
  private final int messages;
  private final int seed;

  Throughput(Path jar, Path folder, int messages, int seed) throws IOException {
    this.hub = new HubUnderTest(jar, folder.resolve("data"), HubUnderTest.AS_ALWAYS);
    this.messages = messages;
    this.seed = seed;
  }

  Report run() throws IOException, InterruptedException {
    try (hub) {
      hub.start();
      int warmUp = messages / WARM_UP_PART;
      Bench.progress("Warming up with %d messages", warmUp);
      Run.of(hub, "W", warmUp, seed);
      Bench.progress("Measuring %d messages", messages);
      Instant begin = Instant.now();
      CpuTime before = hub.cpuTime();
      Run run = Run.of(hub, "T", messages, seed);
      CpuTime used = hub.cpuTime().since(before);
      return report(run, used, warmUp, waits(hub.fhir().versions(begin)));
    }
  }

  /**
   * Milliseconds from each message's commit in the inbox, which its Provenance records, to the
   * write of that Provenance, which happens in the transaction that applies it.
   */
  private static List<Double> waits(List<JsonNode> versions) {
    return versions.stream()
        .filter(resource -> resource.path("resourceType").asText().equals("Provenance"))
        .map(
            provenance ->
                (double)
                    Duration.between(
                            time(provenance.path("recorded")),
                            time(provenance.at("/meta/lastUpdated")))
                        .toMillis())
        .toList();
  }

  private static Instant time(JsonNode instant) {
    return OffsetDateTime.parse(instant.asText()).toInstant();
  }

  private Report report(Run run, CpuTime used, int warmUp, List<Double> waits) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("seed", seed);
    facts.put("warmUpMessages", warmUp);
    facts.put("messages", run.accepted());
    facts.put("refused", run.refused());
    facts.put("connections", Run.CONNECTIONS);
    facts.put("processors", Runtime.getRuntime().availableProcessors());
    facts.put("messagesPerSecond", rounded(run.messagesPerSecond()));
    facts.put("acknowledgedWithinMillis50", rounded(run.acknowledgedWithin(50)));
    facts.put("acknowledgedWithinMillis95", rounded(run.acknowledgedWithin(95)));
    facts.put("appliedWithinMillis95", rounded(Run.percentile(waits, 95)));
    facts.put("drainedAfterSeconds", rounded(run.drainingSeconds()));
    facts.put("hubCpuMillisPerMessage", rounded(used.hub() * 1000 / run.accepted()));
    facts.put("databaseCpuMillisPerMessage", rounded(used.database() * 1000 / run.accepted()));
    Table table = new Table();
    facts.forEach(table::row);
    return new Report(run.refused() == 0, table.toString(), facts);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
