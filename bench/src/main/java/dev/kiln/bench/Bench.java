package dev.kiln.bench;

import dev.kiln.bench.hub.HubUnderTest;
import dev.kiln.bench.outage.Outages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The command line of {@code ./kiln bench}. Reports go to the output, what passes to the errors.
 */
public final class Bench {

  private static final int UNSOUND = 1;
  private static final int USAGE = 2;

  private static final String HELP =
      """
      Usage: ./kiln bench VERB [OPTIONS]

        faults      crash the hub after each step of a message's way and at random moments;
                    examine that nothing is lost, doubled or out of order
                    --rounds N       crashes after each step (20)
                    --random N       crashes at random moments (20)
        once        send the same messages to two hubs, kill one of them now and then,
                    and compare everything that the two then hold
                    --messages N     how many in all (5000)
                    --corpus FOLDER  begin with the HL7 v2 messages in it, or in KILN_CORPUS
                    --connections N  senders at once (8)
                    --kills N        how often the second hub is killed (10)
        throughput  measure from MLLP to committed FHIR
                    --messages N     how many, after the warm-up (2000)
        archive     measure searches in an inbox with many messages, and what deleting the oldest
                    month of them costs a feed; takes eight minutes or more
                    --messages N     in the inbox (1000000)
                    --feed N         messages sent before the deletion, and as many beside it (1000)
        outage      send while senders hang, fifty send at once, a frame has 200 MB, PostgreSQL is
                    away and the disk is full; tell what the senders saw and whether anything is
                    lost; takes ten minutes or more, and the disk wants root
                    --seconds N      that PostgreSQL is away, and the disk full (120)
        auth        measure tokens, refresh, introspection, and what the token check costs a read
                    --seconds N      for each of the eight, after half as many of warm-up (8)
                    --rounds N       in which they take turns (4)

        --seed N    the same messages and moments again
        --json      print one JSON object
        --hub JAR   examine this hub (hub/target/app/kiln.jar)
      """;

  private Bench() {}

  public static void main(String[] arguments) throws InterruptedException {
    // Numbers are written alike everywhere.
    Locale.setDefault(Locale.ROOT);
    try {
      System.exit(run(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("kiln: " + e.getMessage() + ".");
      System.err.print(HELP);
      System.exit(USAGE);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("kiln: " + e.getMessage() + ".");
      System.exit(UNSOUND);
    }
  }

  private static int run(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 0 || arguments[0].matches("-?-?h(elp)?")) {
      System.out.print(HELP);
      return arguments.length == 0 ? USAGE : 0;
    }
    Options options = options(arguments);
    Path home = Path.of(System.getProperty("kiln.home", ""));
    Path jar = options.path("hub", home.resolve("hub/target/app/kiln.jar").toString());
    Path runs = Files.createDirectories(home.resolve("bench/target/runs").toAbsolutePath());
    Path folder = Files.createTempDirectory(runs, arguments[0]);
    Report report = report(arguments[0], options, jar, folder);
    System.out.println(options.wantsJson() ? report.json() : report.text());
    if (report.isSound()) {
      delete(folder);
      return 0;
    }
    progress("What the hub left is in %s", folder);
    return UNSOUND;
  }

  private static Options options(String[] arguments) {
    return switch (arguments[0]) {
      case "faults" -> Options.of(arguments, "rounds", "random", "seed", "hub");
      case "once" ->
          Options.of(arguments, "messages", "corpus", "connections", "kills", "seed", "hub");
      case "throughput" -> Options.of(arguments, "messages", "seed", "hub");
      case "archive" -> Options.of(arguments, "messages", "feed", "seed", "hub");
      case "outage" -> Options.of(arguments, "seconds", "seed", "hub");
      case "auth" -> Options.of(arguments, "seconds", "rounds", "seed", "hub");
      default -> throw new IllegalArgumentException("There is no " + arguments[0]);
    };
  }

  private static Report report(String verb, Options options, Path jar, Path folder)
      throws IOException, InterruptedException {
    int seed = options.seed();
    return switch (verb) {
      case "faults" ->
          new Faults(jar, folder, options.number("rounds", 20), options.number("random", 20), seed)
              .run();
      case "once" ->
          new Once(
                  jar,
                  folder,
                  options.path("corpus", System.getenv("KILN_CORPUS")),
                  new Once.Size(
                      options.number("messages", 5000),
                      options.number("connections", 8),
                      options.number("kills", 10)),
                  seed)
              .run();
      case "archive" ->
          new Archive(
                  jar,
                  folder,
                  new Archive.Size(
                      options.number("messages", 1_000_000), options.number("feed", 1000)),
                  seed)
              .run();
      case "outage" ->
          Report.of(
              seed,
              new Outages(
                      jar,
                      folder,
                      options.number("seconds", 120),
                      seed,
                      what -> progress("%s", what))
                  .run());
      case "auth" ->
          new Auth(
                  jar,
                  folder,
                  HubUnderTest.AS_ALWAYS,
                  new Auth.Size(options.number("seconds", 8), options.number("rounds", 4)),
                  seed)
              .run();
      default -> new Throughput(jar, folder, options.number("messages", 2000), seed).run();
    };
  }

  /** Says how far it is, for somebody who waits. */
  static void progress(String format, Object... values) {
    System.err.printf(format + "%n", values);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
