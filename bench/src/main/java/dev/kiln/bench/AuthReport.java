package dev.kiln.bench;

import dev.kiln.bench.hub.CpuTime;
import dev.kiln.bench.key.Algorithm;
import dev.kiln.bench.load.Measured;
import dev.kiln.bench.load.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What {@link Auth} has measured, a row for each kind of request. */
record AuthReport(List<Row> rows, Auth.Size size, int seed) {

  static final String CHECKED = "read with check";
  static final String UNCHECKED = "read without check";

  /**
   * One kind of request.
   *
   * @param algorithm by which the client signs; null where it does not
   */
  record Row(String what, Algorithm algorithm, int clients, Trial trial) {

    private Map<String, Object> facts() {
      Measured all = trial.all();
      CpuTime each = trial.each();
      Map<String, Object> facts = new LinkedHashMap<>();
      if (algorithm != null) {
        facts.put("alg", algorithm.name());
      }
      facts.put("clients", clients);
      facts.put("perSecond", rounded(all.perSecond()));
      facts.put("p50Ms", rounded(Run.percentile(all.millis(), 50)));
      facts.put("p95Ms", rounded(Run.percentile(all.millis(), 95)));
      facts.put("p99Ms", rounded(Run.percentile(all.millis(), 99)));
      facts.put("hubCpuMs", rounded(each.hub()));
      facts.put("databaseCpuMs", rounded(each.database()));
      facts.put("errors", all.errors());
      return facts;
    }
  }

  Report report() {
    return new Report(
        rows.stream().allMatch(row -> row.trial().all().errors() == 0), text(), facts());
  }

  private String text() {
    Table table = new Table();
    for (Row row : rows) {
      Map<String, Object> facts = row.facts();
      Object algorithm = facts.remove("alg");
      if (row == rows.get(0)) {
        table.row(line("", "alg", facts.keySet()));
      }
      table.row(line(row.what(), algorithm == null ? "" : algorithm, facts.values()));
    }
    return "%s%nReads with the token check, for one without: %s a second (%s to %s in %d rounds), CPU %s.%n%s%n"
        .formatted(
            table,
            rounded(Run.percentile(ratios(), 50)),
            rounded(Run.percentile(ratios(), 0)),
            rounded(Run.percentile(ratios(), 100)),
            size.rounds(),
            rounded(cpuRatio()),
            conditions());
  }

  private static Object[] line(String what, Object algorithm, Iterable<?> others) {
    List<Object> cells = new ArrayList<>(List.of(what, algorithm));
    others.forEach(cells::add);
    return cells.toArray();
  }

  private Map<String, Object> facts() {
    Map<String, Object> facts = conditions();
    facts.put(
        "tokens", rows.stream().filter(row -> row.what().equals("token")).map(Row::facts).toList());
    facts.put("introspections", row("introspection").facts());
    facts.put("refreshes", row("refresh").facts());
    Map<String, Object> reads = new LinkedHashMap<>();
    reads.put("withCheck", row(CHECKED).facts());
    reads.put("withoutCheck", row(UNCHECKED).facts());
    reads.put("ratio", rounded(Run.percentile(ratios(), 50)));
    reads.put("ratioLeast", rounded(Run.percentile(ratios(), 0)));
    reads.put("ratioMost", rounded(Run.percentile(ratios(), 100)));
    reads.put("cpuRatio", rounded(cpuRatio()));
    facts.put("reads", reads);
    return facts;
  }

  private Map<String, Object> conditions() {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("seed", seed);
    conditions.put("secondsEach", size.seconds());
    conditions.put("warmUpSecondsEach", size.warmUpSeconds());
    conditions.put("rounds", size.rounds());
    conditions.put("processors", Runtime.getRuntime().availableProcessors());
    conditions.put("jdk", Runtime.version().toString());
    return conditions;
  }

  /** Of each round, reads a second with the check for one without it. */
  private List<Double> ratios() {
    List<Measured> checked = row(CHECKED).trial().slices();
    List<Measured> unchecked = row(UNCHECKED).trial().slices();
    return IntStream.range(0, checked.size())
        .mapToObj(i -> checked.get(i).perSecond() / unchecked.get(i).perSecond())
        .toList();
  }

  /** CPU time of the hub and of its PostgreSQL for a read, likewise. */
  private double cpuRatio() {
    CpuTime checked = row(CHECKED).trial().each();
    CpuTime unchecked = row(UNCHECKED).trial().each();
    return (checked.hub() + checked.database()) / (unchecked.hub() + unchecked.database());
  }

  private Row row(String what) {
    return rows.stream().filter(row -> row.what().equals(what)).findFirst().orElseThrow();
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
