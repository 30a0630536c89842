package dev.kiln.routes.edge.file;

import dev.kiln.routes.control.ListenerControl.Trouble;
import dev.kiln.routes.edge.file.Place.Unreachable;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps a listener from its place, and how long it waits until it goes there again. */
final class PlaceTrouble {

  private static final Logger log = LoggerFactory.getLogger(PlaceTrouble.class);

  /** Milliseconds. */
  private static final long LONGEST_PAUSE = 300_000;

  private final String name;
  private final long look;
  private int faults;
  private volatile Trouble told;

  /**
   * @param name of the listener
   * @param look milliseconds from one look to the next
   */
  PlaceTrouble(String name, long look) {
    this.name = name;
    this.look = look;
  }

  /**
   * Said again only where it is another one than before. The message of a fault may name a file,
   * and is not said.
   *
   * @return how many milliseconds to wait: longer after each fault, and not the same for all who
   *     wait for one server
   */
  long failed(Throwable fault) {
    String why =
        fault instanceof Unreachable
            ? fault.getMessage()
            : "The folder of listener " + name + " could not be used, or its connection was lost.";
    Trouble before = told;
    told = new Trouble(before == null ? Instant.now() : before.since(), why);
    if (before == null || !before.why().equals(why)) {
      log.error("Listener {}: {} ({})", name, why, fault.getClass().getName());
    }
    long most = Math.min(LONGEST_PAUSE, Math.max(1000, look) << Math.min(faults++, 10));
    return ThreadLocalRandom.current().nextLong(most / 2, most + 1);
  }

  void over() {
    faults = 0;
    told = null;
  }

  Optional<Trouble> told() {
    return Optional.ofNullable(told);
  }
}
