package dev.kiln.routes.alert;

import dev.kiln.routes.control.Watch.Condition;
import dev.kiln.routes.control.Watch.Kind;
import java.time.Duration;
import java.time.Instant;

/**
 * An alert that has been raised and is not over.
 *
 * @param condition as it was last seen
 * @param toldAt when people were last told, and what then
 */
record ActiveAlert(Condition condition, Instant toldAt, long toldCount, int toldUrgency) {

  /** The condition as it has just been told. */
  static ActiveAlert told(Condition condition, Instant now) {
    return new ActiveAlert(condition, now, condition.count(), condition.urgency());
  }

  /**
   * A silence that began before a restart has not begun with it. What has become less since people
   * were told is told again as soon as it grows.
   */
  ActiveAlert seen(Condition now) {
    boolean isOlder = now.kind() == Kind.LISTENER_SILENT && condition.since().isBefore(now.since());
    return new ActiveAlert(
        isOlder ? condition : now,
        toldAt,
        Math.min(toldCount, now.count()),
        Math.min(toldUrgency, now.urgency()));
  }

  /** Whether it is to be told again. */
  boolean isDue(Instant now, Duration interval) {
    if (condition.urgency() > toldUrgency) {
      return true;
    }
    boolean hasNews =
        switch (condition.kind()) {
          // Whoever keeps them, knows of them.
          case DEAD_LETTERS -> condition.count() > toldCount;
          // Its urgency says when.
          case CERTIFICATE_ENDS -> false;
          default -> true;
        };
    return hasNews && !now.isBefore(toldAt.plus(interval));
  }
}
