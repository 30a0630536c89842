package dev.kiln.bench.outage;

import dev.kiln.bench.hub.HubUnderTest;
import java.io.IOException;

/** Watches how much memory a hub occupies. */
final class Memory implements AutoCloseable {

  private static final int EVERY_MILLIS = 50;

  private final Thread thread;
  private volatile long peak;

  Memory(HubUnderTest hub) {
    thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  peak = Math.max(peak, hub.residentBytes());
                  Thread.sleep(EVERY_MILLIS);
                }
              } catch (IOException | InterruptedException e) {
                // The hub has ended, or nobody wants to know any more.
              }
            },
            "memory");
    thread.setDaemon(true);
    thread.start();
  }

  /** The most so far. */
  long peakMegabytes() {
    return peak >> 20;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
