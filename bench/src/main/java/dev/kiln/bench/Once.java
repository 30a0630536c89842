package dev.kiln.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.bench.feed.Corpus;
import dev.kiln.bench.feed.Feed;
import dev.kiln.bench.feed.Lanes;
import dev.kiln.bench.feed.Message;
import dev.kiln.bench.feed.Ward;
import dev.kiln.bench.hub.HubUnderTest;
import dev.kiln.bench.verdict.Examination;
import dev.kiln.bench.verdict.Snapshot;
import dev.kiln.bench.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Sends the same messages to two hubs, kills one of them again and again, and compares everything
 * that the two then hold. Where every message is applied once and in order, a hub that was killed
 * is the same as one that was not.
 */
final class Once {

  private static final int SHOWN = 5;

  /**
   * @param messages in all
   * @param connections senders at once
   * @param kills of the second hub
   */
  record Size(int messages, int connections, int kills) {}

  private record Held(Run run, Snapshot snapshot, Verdict verdict, long deadLetters) {}

  private final Path jar;
  private final Path folder;
  private final Path corpus;
  private final Size size;
  private final int seed;
  private final Random random;

  /**
   * @param corpus folder of other people's messages; null for none
   */
  Once(Path jar, Path folder, Path corpus, Size size, int seed) {
    this.jar = jar;
    this.folder = folder;
    this.corpus = corpus;
    this.size = size;
    this.seed = seed;
    this.random = new Random(seed);
  }

  Report run() throws IOException, InterruptedException {
    List<Message> others = corpus == null ? List.of() : Corpus.messages(corpus);
    if (corpus == null) {
      Bench.progress("No folder of sample messages (--corpus, KILN_CORPUS): all are made up");
    }
    List<Message> messages = new ArrayList<>(others);
    for (int i = 0; messages.size() < size.messages(); i++) {
      messages.addAll(story(i));
    }
    messages = messages.subList(0, Math.max(others.size(), size.messages()));
    Bench.progress("%d messages, %d of them from %s", messages.size(), others.size(), corpus);
    Held undisturbed = held(messages, "undisturbed", 0);
    Held killed = held(messages, "killed", size.kills());
    return report(others.size(), undisturbed, killed);
  }

  /** Some messages of one ward, whose few patients then belong to one connection. */
  private List<Message> story(int number) {
    Ward ward = new Ward("O" + Integer.toString(seed, 36) + "x" + number, seed);
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      messages.add(ward.next());
    }
    return messages;
  }

  private Held held(List<Message> messages, String name, int kills)
      throws IOException, InterruptedException {
    try (HubUnderTest hub = new HubUnderTest(jar, folder.resolve(name), HubUnderTest.AS_ALWAYS);
        Feed feed = new Feed(hub.mllpPort(), Lanes.of(messages, size.connections()))) {
      hub.start();
      long begin = System.nanoTime();
      feed.allowAll();
      for (int kill = 1; kill <= kills; kill++) {
        awaitPart(hub, feed, messages.size(), kill / (kills + 1.0));
        Thread.sleep(random.nextInt(300));
        hub.kill();
        Bench.progress("%s: kill %d of %d", name, kill, kills);
        hub.start();
      }
      feed.await();
      long sent = System.nanoTime();
      hub.inbox().awaitDrained();
      Run run = new Run(feed.deliveries(), (sent - begin) / 1e9, (System.nanoTime() - sent) / 1e9);
      Bench.progress("%s: %d accepted, reading", name, run.accepted());
      List<JsonNode> versions = hub.fhir().versions(Instant.EPOCH);
      return new Held(
          run,
          new Snapshot(versions),
          Examination.of(run.deliveries(), versions),
          hub.inbox().deadLetters());
    }
  }

  /**
   * Waits until that part of the work is done. Being acknowledged is half of a message's way, so
   * that kills fall into the sending as well as into the applying.
   */
  private static void awaitPart(HubUnderTest hub, Feed feed, int messages, double part)
      throws IOException, InterruptedException {
    long answered;
    long waiting;
    do {
      Thread.sleep(100);
      waiting = hub.inbox().waiting();
      answered = feed.answered();
    } while (2 * answered - waiting < 2 * messages * part && (feed.isSending() || waiting > 0));
  }

  private Report report(int others, Held undisturbed, Held killed) {
    Map<String, List<String>> differences = undisturbed.snapshot().differences(killed.snapshot());
    Run run = undisturbed.run();
    boolean sound =
        differences.isEmpty()
            && undisturbed.verdict().isSound()
            && killed.verdict().isSound()
            && run.refused() == killed.run().refused()
            && undisturbed.deadLetters() == killed.deadLetters();
    Table table =
        new Table()
            .row("", "undisturbed", "killed")
            .row("accepted", run.accepted(), killed.run().accepted())
            .row("refused", run.refused(), killed.run().refused())
            .row("resent", resent(run), resent(killed.run()))
            .row("dead letters", undisturbed.deadLetters(), killed.deadLetters())
            .row("lost", undisturbed.verdict().lost(), killed.verdict().lost())
            .row("doubled", undisturbed.verdict().doubled(), killed.verdict().doubled())
            .row("out of order", undisturbed.verdict().outOfOrder(), killed.verdict().outOfOrder());
    Map<String, Integer> inKilled = killed.snapshot().counts();
    Map<String, Integer> inUndisturbed = undisturbed.snapshot().counts();
    inUndisturbed.forEach((type, count) -> table.row(type, count, inKilled.getOrDefault(type, 0)));
    StringBuilder text =
        new StringBuilder(
            "seed %d; %d messages, %d of them other people's; %d kills%n%n%s%n"
                .formatted(seed, run.deliveries().size(), others, size.kills(), table));
    text.append(
        "undisturbed: %.1f messages/s, acknowledged within %.0f ms (95 %%), drained %.1f s after the last acknowledgement%n"
            .formatted(run.messagesPerSecond(), run.acknowledgedWithin(95), run.drainingSeconds()));
    text.append(differences.isEmpty() ? "The two hold the same.\n" : "Differences:\n");
    differences.forEach(
        (what, where) ->
            text.append("  %s: %d, such as %s%n".formatted(what, where.size(), few(where))));
    undisturbed.verdict().findings().forEach(line -> text.append(line).append('\n'));
    killed.verdict().findings().forEach(line -> text.append(line).append('\n'));
    return new Report(sound, text.toString(), facts(undisturbed, killed, differences));
  }

  private Map<String, Object> facts(
      Held undisturbed, Held killed, Map<String, List<String>> differences) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("seed", seed);
    facts.put("messages", undisturbed.run().deliveries().size());
    facts.put("kills", size.kills());
    facts.put("messagesPerSecond", undisturbed.run().messagesPerSecond());
    facts.put("acknowledgedWithinMillis95", undisturbed.run().acknowledgedWithin(95));
    facts.put("drainedAfterSeconds", undisturbed.run().drainingSeconds());
    facts.put("undisturbed", facts(undisturbed));
    facts.put("killed", facts(killed));
    facts.put("differences", differences);
    return facts;
  }

  private static Map<String, Object> facts(Held held) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("accepted", held.run().accepted());
    facts.put("refused", held.run().refused());
    facts.put("resent", resent(held.run()));
    facts.put("deadLetters", held.deadLetters());
    facts.put("lost", held.verdict().lost());
    facts.put("doubled", held.verdict().doubled());
    facts.put("outOfOrder", held.verdict().outOfOrder());
    facts.put("findings", held.verdict().findings());
    facts.put("resources", held.snapshot().counts());
    return facts;
  }

  private static long resent(Run run) {
    return run.deliveries().stream().filter(delivery -> delivery.tries() > 1).count();
  }

  private static String few(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
  }
}
