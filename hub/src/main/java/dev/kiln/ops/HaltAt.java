package dev.kiln.ops;

import dev.kiln.routes.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends the process at a named step of a message's way, as a power cut would: no shutdown hook runs
 * and nothing is flushed. Fault drills ask for it, to crash at the very moments at which a crash
 * could lose or double something; where nobody asks, it does nothing.
 */
public final class HaltAt implements Progress {

  /** The exit code of a process that was ended by SIGKILL, which is what this is like. */
  private static final int KILLED = 137;

  /**
   * When to halt.
   *
   * @param step the step that is waited for
   * @param time at which of its times, counted from 1
   */
  public record Moment(Step step, int time) {

    /**
     * Reads {@code LEASED:3}, the third time that a message is leased.
     *
     * @return null where the text is empty, which is never
     * @throws IllegalArgumentException naming the steps that there are
     */
    public static Moment valueOf(String text) {
      if (text.isBlank()) {
        return null;
      }
      String[] parts = text.strip().split(":", -1);
      List<String> steps = Arrays.stream(Step.values()).map(Step::name).toList();
      if (parts.length != 2 || !steps.contains(parts[0]) || !parts[1].matches("[1-9][0-9]{0,8}")) {
        throw new IllegalArgumentException(
            "a step and a number from 1 are wanted, such as LEASED:3; the steps are "
                + String.join(", ", steps)
                + ".");
      }
      return new Moment(Step.valueOf(parts[0]), Integer.parseInt(parts[1]));
    }
  }

  private final Moment moment;
  private final Runnable halt;
  private final AtomicInteger times = new AtomicInteger();

  /**
   * @param moment null for never
   */
  public HaltAt(Moment moment) {
    this(moment, () -> Runtime.getRuntime().halt(KILLED));
  }

  HaltAt(Moment moment, Runnable halt) {
    this.moment = moment;
    this.halt = halt;
  }

  @Override
  public void reached(Step step) {
    if (moment != null && moment.step() == step && times.incrementAndGet() == moment.time()) {
      halt.run();
    }
  }
}
