package dev.kiln.bench.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a number of requests was answered.
 *
 * @param errors answers that were none; they are in nothing else here
 * @param seconds from the first request to the last answer
 * @param millis from each request to its answer
 */
public record Measured(int errors, double seconds, List<Double> millis) {

  public static final Measured NOTHING = new Measured(0, 0, List.of());

  public Measured {
    millis = Collections.unmodifiableList(millis);
  }

  public Measured and(Measured other) {
    List<Double> all = new ArrayList<>(millis);
    all.addAll(other.millis);
    return new Measured(errors + other.errors, seconds + other.seconds, all);
  }

  public double perSecond() {
    return seconds == 0 ? 0 : millis.size() / seconds;
  }
}
