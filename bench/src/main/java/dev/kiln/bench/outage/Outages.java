package dev.kiln.bench.outage;

import dev.kiln.bench.feed.Delivery;
import dev.kiln.bench.hub.HubUnderTest;
import dev.kiln.bench.verdict.Examination;
import dev.kiln.bench.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One outage after the other, each in the middle of traffic; then every acknowledged message is
 * looked for in the store.
 */
public final class Outages {

  /** Tells the senders of an outage apart from those of another. */
  private static final String INITIALS = "QRTUVY";

  private final Path jar;
  private final Path folder;
  private final int seconds;
  private final int seed;
  private final Consumer<String> progress;
  private final List<Map<String, Object>> told = new ArrayList<>();

  /**
   * @param seconds that PostgreSQL is away and the disk is full; a tenth of it is before and after
   *     each
   * @param progress is told what is at hand
   */
  public Outages(Path jar, Path folder, int seconds, int seed, Consumer<String> progress) {
    this.jar = jar;
    this.folder = folder;
    this.seconds = seconds;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * @return for each outage what was seen, by name; {@code lost}, {@code doubled} and {@code
   *     outOfOrder} among it
   */
  public List<Map<String, Object>> run() throws IOException, InterruptedException {
    around();
    disk();
    return told;
  }

  /** All but the disk. */
  List<Map<String, Object>> around() throws IOException, InterruptedException {
    HubUnderTest hub = new HubUnderTest(jar, folder.resolve("data"), HubUnderTest.AS_ALWAYS);
    try (hub) {
      hub.startAndAwait(Map.of("KILN_ROUTES_MLLP_FRAMETIMEOUT", "10s"));
      progress.accept("Warming up");
      try (Traffic traffic = new Traffic(hub, 4, "P", seed)) {
        calm();
        traffic.end();
      }
      hub.inbox().awaitDrained();
      look(hub, new HangingSenders());
      look(hub, new ManySenders(50, Duration.ofSeconds(seconds / 4)));
      look(hub, new HugeFrame(200));
      look(hub, new DatabaseAway(Duration.ofSeconds(seconds)));
    }
    return told;
  }

  private void disk() throws IOException, InterruptedException {
    Path mount = folder.resolve("disk");
    if (!FullDisk.mount(mount)) {
      progress.accept("The full disk is left out: only root may mount a small one");
      return;
    }
    HubUnderTest hub = new HubUnderTest(jar, mount.resolve("data"), HubUnderTest.AS_ALWAYS);
    try (hub) {
      hub.start();
      look(hub, new FullDisk(mount, Duration.ofSeconds(seconds)));
    } finally {
      hub.close();
      FullDisk.unmount(mount);
    }
  }

  private void calm() throws InterruptedException {
    Thread.sleep(Math.max(2000, seconds * 100L));
  }

  private void look(HubUnderTest hub, Outage outage) throws IOException, InterruptedException {
    progress.accept("Sending, then: " + outage.name());
    Instant begin = Instant.now();
    String initial = INITIALS.substring(told.size(), told.size() + 1);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("outage", outage.name());
    try (Memory memory = new Memory(hub);
        Traffic traffic = new Traffic(hub, outage.senders(), initial, seed)) {
      calm();
      long before = memory.peakMegabytes();
      traffic.next();
      facts.putAll(outage.happen(hub));
      traffic.next();
      calm();
      traffic.end();
      facts.put("acknowledged", traffic.deliveries().stream().filter(Delivery::isAccepted).count());
      facts.put("refused", traffic.deliveries().stream().filter(Delivery::isRefused).count());
      facts.put("seenBySenders", traffic.failures());
      facts.put("longestWaitSeconds", traffic.longestWaitSeconds());
      facts.put("acknowledgedWithinMillis95Before", traffic.acknowledgedWithinMillis95(0));
      facts.put("acknowledgedWithinMillis95Meanwhile", traffic.acknowledgedWithinMillis95(1));
      facts.put("acknowledgedWithinMillis95After", traffic.acknowledgedWithinMillis95(2));
      facts.put("memoryMegabytesBefore", before);
      facts.put("memoryMegabytesPeak", memory.peakMegabytes());
      hub.inbox().awaitDrained();
      Verdict verdict = Examination.of(traffic.deliveries(), hub.fhir().versions(begin));
      facts.put("lost", verdict.lost());
      facts.put("doubled", verdict.doubled());
      facts.put("outOfOrder", verdict.outOfOrder());
      facts.put("findings", verdict.findings());
    }
    told.add(facts);
  }
}
