package dev.kiln.bench.load;

import dev.kiln.bench.hub.CpuTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One kind of request, measured a slice at a time, so that slices of several kinds can alternate
 * and what else the machine does falls on all of them.
 */
public final class Trial {

  /** A slice before anything is known of its speed. */
  private static final double FIRST_PER_SECOND = 20;

  private final Used hub;
  private final Requests requests;
  private final ClosedLoop loop = new ClosedLoop();
  private final List<Measured> slices = new ArrayList<>();
  private double perSecond = FIRST_PER_SECOND;
  private CpuTime used = new CpuTime(0, 0);

  /** Who asks, and for what. */
  @FunctionalInterface
  public interface Requests {

    /**
     * The clients, with what can be made beforehand for so many requests in all.
     *
     * @throws IOException where the hub does not give what is needed for them
     */
    List<Client> prepare(int number) throws IOException, InterruptedException;
  }

  /** CPU time up to now. */
  @FunctionalInterface
  public interface Used {

    CpuTime upToNow() throws IOException;
  }

  /**
   * @param hub that is asked
   */
  public Trial(Used hub, Requests requests) {
    this.hub = hub;
    this.requests = requests;
  }

  /** Without counting it. */
  public void warmUp(double seconds) throws IOException, InterruptedException {
    slice(seconds);
  }

  public void measure(double seconds) throws IOException, InterruptedException {
    CpuTime before = hub.upToNow();
    slices.add(slice(seconds));
    used = used.and(hub.upToNow().since(before));
  }

  /** As many as the last slice says can be answered in that time. */
  private Measured slice(double seconds) throws IOException, InterruptedException {
    int number = Math.max(1, (int) Math.round(perSecond * seconds));
    Measured measured = loop.run(requests.prepare(number), number);
    perSecond = Math.max(1, measured.perSecond());
    return measured;
  }

  /** Of each slice, in their order. */
  public List<Measured> slices() {
    return List.copyOf(slices);
  }

  public Measured all() {
    return slices.stream().reduce(Measured.NOTHING, Measured::and);
  }

  /** CPU milliseconds of one request. */
  public CpuTime each() {
    int number = all().millis().size();
    return new CpuTime(used.hub() * 1000 / number, used.database() * 1000 / number);
  }
}
