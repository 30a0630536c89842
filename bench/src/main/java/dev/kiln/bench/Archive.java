package dev.kiln.bench;

import dev.kiln.bench.door.StockDoor;
import dev.kiln.bench.hub.Api;
import dev.kiln.bench.hub.HubUnderTest;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Measures what an inbox with many messages costs: finding some of them by each filter, and, while
 * a feed runs, deleting the oldest month of them. The acknowledgements of the same feed before the
 * deletion are what those beside it are compared with.
 */
final class Archive {

  private static final int SEARCHES = 100;
  private static final int WARM_UP = 20;

  /** The hub begins to delete five minutes after its start. */
  private static final Duration PRUNING_BEGINS = Duration.ofMinutes(8);

  private final HubUnderTest hub;
  private final Size size;
  private final Random random;
  private final int seed;

  /**
   * @param stock messages in the inbox, of thirteen months
   * @param feed messages that are sent before the deletion, and as many as are sent beside it
   */
  record Size(int stock, int feed) {}

  Archive(Path jar, Path folder, Size size, int seed) throws IOException {
    this.hub = new HubUnderTest(jar, folder.resolve("data"), HubUnderTest.AS_ALWAYS);
    this.hub.add(StockDoor.NAME);
    this.size = size;
    this.random = new Random(seed);
    this.seed = seed;
  }

  Report run() throws IOException, InterruptedException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("seed", seed);
    facts.put("messages", size.stock());
    facts.put("processors", Runtime.getRuntime().availableProcessors());
    Map<String, Object> searches = new LinkedHashMap<>();
    try (hub) {
      hub.startAndAwait(settings(Map.of()));
      Bench.progress("Filling the inbox with %d messages", size.stock());
      fill(hub.api());
      for (Map.Entry<String, IntFunction<String>> filter : filters().entrySet()) {
        Bench.progress("Searching by %s", filter.getKey());
        searches.put(filter.getKey(), search(filter.getValue()));
      }
    }
    facts.put("searchMillis95", searches);
    try (hub) {
      hub.startAndAwait(
          settings(
              Map.of(
                  "KILN_ROUTES_RETENTION_APPLIED", "365d",
                  "KILN_ROUTES_RETENTION_REFUSED", "365d",
                  "KILN_ROUTES_RETENTION_DEADLETTERS", "365d")));
      Instant started = Instant.now();
      Bench.progress("Sending %d messages, after a warm-up, to compare with", size.feed());
      Run.of(hub, "W", size.feed() / 2, seed);
      Run before = Run.of(hub, "B", size.feed(), seed);
      if (hub.inbox().pruned() > 0) {
        throw new IOException(
            "The hub began to delete before there was anything to compare with; use a smaller"
                + " --feed");
      }
      awaitPruning(started);
      long pruned = hub.inbox().pruned();
      Bench.progress("Sending %d messages while the oldest month is deleted", size.feed());
      Run beside = Run.of(hub, "D", size.feed(), seed);
      facts.put("deletedMeanwhile", hub.inbox().pruned() - pruned);
      facts.put("acknowledgedWithinMillis95", rounded(before.acknowledgedWithin(95)));
      facts.put("acknowledgedWithinMillis95BesideDeletion", rounded(beside.acknowledgedWithin(95)));
      facts.put("ratio", rounded(beside.acknowledgedWithin(95) / before.acknowledgedWithin(95)));
      facts.put("refused", before.refused() + beside.refused());
      // Where nothing was deleted beside the feed, nothing was measured.
      boolean isSound =
          before.refused() + beside.refused() == 0 && hub.inbox().pruned() - pruned > 0;
      return new Report(isSound, text(facts, searches), facts);
    }
  }

  private static String text(Map<String, Object> facts, Map<String, Object> searches) {
    Table table = new Table();
    facts.forEach(
        (name, value) -> {
          if (!(value instanceof Map<?, ?>)) {
            table.row(name, value);
          }
        });
    searches.forEach((filter, millis) -> table.row("searchMillis95 " + filter, millis));
    return table.toString();
  }

  private static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>(more);
    settings.put("SPRING_MAIN_SOURCES", StockDoor.NAME);
    settings.put("KILN_REQUESTSPERMINUTE", String.valueOf(Integer.MAX_VALUE));
    return settings;
  }

  private void fill(Api api) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                api.request("/")
                    .header(StockDoor.HEADER, String.valueOf(size.stock()))
                    .timeout(Duration.ofMinutes(30))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 204) {
      throw new IOException("The inbox could not be filled: " + answer.statusCode());
    }
  }

  /** The values that are looked for differ each time, so that nobody remembers the answer. */
  private Map<String, IntFunction<String>> filters() {
    Map<String, IntFunction<String>> filters = new LinkedHashMap<>();
    filters.put("control-id", n -> "control-id=STOCK" + n);
    filters.put("patient", n -> "patient=stock-" + n % StockDoor.PATIENTS);
    filters.put("sender", n -> "sender=" + encoded("APP" + n % StockDoor.SENDERS + "|HOSPITAL"));
    filters.put(
        "time", n -> "received=lt" + Instant.now().minus(Duration.ofDays(n % 390)).toString());
    filters.put(
        "state and reason", n -> "state=failed&reason=STORE_REFUSED&_count=" + (1 + n % 200));
    filters.put(
        "type and time",
        n ->
            "type="
                + encoded("ORU^R01")
                + "&received=lt"
                + Instant.now().minus(Duration.ofDays(n % 390)));
    return filters;
  }

  private double search(IntFunction<String> query) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = -WARM_UP; i < SEARCHES; i++) {
      String path = "/fhir/$messages?" + query.apply(1 + random.nextInt(size.stock()));
      long begin = System.nanoTime();
      HttpResponse<String> answer = hub.api().get(path);
      double taken = (System.nanoTime() - begin) / 1e6;
      if (answer.statusCode() != 200) {
        throw new IOException("GET " + path + " was answered with " + answer.statusCode());
      }
      if (i >= 0) {
        millis.add(taken);
      }
    }
    return rounded(Run.percentile(millis, 95));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void awaitPruning(Instant started) throws IOException, InterruptedException {
    while (hub.inbox().pruned() == 0) {
      if (Instant.now().isAfter(started.plus(PRUNING_BEGINS))) {
        throw new IOException("The hub has not begun to delete; its logs are kept");
      }
      Thread.sleep(50);
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
