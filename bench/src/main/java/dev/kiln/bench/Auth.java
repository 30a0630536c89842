package dev.kiln.bench;

import dev.kiln.bench.client.App;
import dev.kiln.bench.client.Reads;
import dev.kiln.bench.client.Service;
import dev.kiln.bench.door.SideDoor;
import dev.kiln.bench.hub.Api;
import dev.kiln.bench.hub.HubUnderTest;
import dev.kiln.bench.key.Algorithm;
import dev.kiln.bench.load.Client;
import dev.kiln.bench.load.ClosedLoop;
import dev.kiln.bench.load.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Measures sign-in and what it costs: access tokens for signed assertions, introspection, refresh,
 * and FHIR reads with and without the token check. All kinds take turns in each round, every other
 * round the other way round, so that the noise of the machine falls on all of them alike.
 */
final class Auth {

  private static final int CLIENTS = 4;
  private static final int PATIENTS = 50;

  /** So that everything is asked for at least once a second in the warm-up. */
  private static final double WARM_UP_SLICE_SECONDS = 1;

  private final HubUnderTest hub;
  private final Size size;
  private final Random random;
  private final List<AuthReport.Row> rows = new ArrayList<>();
  private final int seed;

  /**
   * @param seconds for each kind of request, after half as many of warm-up
   * @param rounds in how many slices they are cut
   */
  record Size(int seconds, int rounds) {

    Size {
      if (seconds == 0 || rounds == 0) {
        throw new IllegalArgumentException("Without seconds and rounds nothing is measured");
      }
    }

    double warmUpSeconds() {
      return seconds / 2.0;
    }
  }

  /**
   * @param jvm its options
   * @param seed decides which patient is read when
   */
  Auth(Path jar, Path folder, List<String> jvm, Size size, int seed) throws IOException {
    this.hub = new HubUnderTest(jar, folder.resolve("data"), jvm);
    this.hub.add(SideDoor.NAME);
    this.size = size;
    this.random = new Random(seed);
    this.seed = seed;
  }

  Report run() throws IOException, InterruptedException {
    String pass = UUID.randomUUID().toString();
    try (hub) {
      hub.startAndAwait(
          Map.of(
              SideDoor.PASS,
              pass,
              "SPRING_MAIN_SOURCES",
              SideDoor.NAME,
              "KILN_REQUESTSPERMINUTE",
              String.valueOf(Integer.MAX_VALUE)));
      List<Trial> trials = trials(pass);
      for (double spent = 0; spent < size.warmUpSeconds(); spent += WARM_UP_SLICE_SECONDS) {
        Bench.progress("Warming up, %.0f of %.0f s", spent, size.warmUpSeconds());
        for (Trial trial : trials) {
          trial.warmUp(Math.min(WARM_UP_SLICE_SECONDS, size.warmUpSeconds()));
        }
      }
      for (int round = 1; round <= size.rounds(); round++) {
        Bench.progress("Round %d of %d", round, size.rounds());
        for (Trial trial : trials) {
          trial.measure((double) size.seconds() / size.rounds());
        }
        Collections.reverse(trials);
      }
    }
    return new AuthReport(rows, size, seed).report();
  }

  private List<Trial> trials(String pass) throws IOException, InterruptedException {
    Api api = hub.api();
    for (int i = 0; i < PATIENTS; i++) {
      api.send("PUT", path(i), "application/fhir+json", patient(i));
    }
    Service service = new Service(api);
    App app = new App(api, CLIENTS);
    Reads reads = new Reads(api, app.accessToken());
    tryDoors(reads, pass);
    for (Algorithm algorithm : Algorithm.values()) {
      for (int clients : List.of(1, CLIENTS)) {
        add("token", algorithm, clients, number -> service.tokens(algorithm, clients, number));
      }
    }
    Algorithm usual = Algorithm.ES384;
    add("introspection", usual, CLIENTS, number -> service.introspections(usual, CLIENTS, number));
    add("refresh", null, CLIENTS, number -> app.refreshes());
    add(AuthReport.CHECKED, null, CLIENTS, number -> read(reads, number, SideDoor.TEACHES));
    add(AuthReport.UNCHECKED, null, CLIENTS, number -> read(reads, number, pass));
    return rows.stream().map(AuthReport.Row::trial).collect(Collectors.toList());
  }

  private void add(String what, Algorithm algorithm, int clients, Trial.Requests requests) {
    rows.add(new AuthReport.Row(what, algorithm, clients, new Trial(hub::cpuTime, requests)));
  }

  private List<Client> read(Reads reads, int number, String shown) {
    List<String> paths = random.ints(number, 0, PATIENTS).mapToObj(Auth::path).toList();
    return reads.of(CLIENTS, paths, SideDoor.HEADER, shown);
  }

  /** What is compared must be what it is called: a check that refuses, and a way without one. */
  private static void tryDoors(Reads known, String pass) throws IOException, InterruptedException {
    Reads stranger = new Reads(known.hub(), "of-nobody");
    if (!lets(known, SideDoor.TEACHES) || lets(stranger, SideDoor.TEACHES)) {
      throw new IOException("The token check lets in others than it should");
    }
    if (!lets(stranger, pass)) {
      throw new IOException("The way around the token check is closed");
    }
  }

  private static boolean lets(Reads reads, String shown) throws IOException, InterruptedException {
    return new ClosedLoop().run(reads.of(1, List.of(path(0)), SideDoor.HEADER, shown), 1).errors()
        == 0;
  }

  private static String path(int patient) {
    return "/fhir/Patient/bench-" + patient;
  }

  private static String patient(int number) {
    return """
        {"resourceType": "Patient", "id": "bench-%1$d", "active": true,
         "identifier": [{"system": "https://example.org/bench", "value": "%1$d"}],
         "name": [{"use": "official", "family": "Bench%1$d", "given": ["Ana", "Sol"]}],
         "telecom": [{"system": "phone", "value": "555-01%1$02d", "use": "home"}],
         "gender": "female", "birthDate": "1970-01-01",
         "address": [{"line": ["%1$d Main Street"], "city": "Springfield", "country": "US"}]}
        """
        .formatted(number);
  }
}
