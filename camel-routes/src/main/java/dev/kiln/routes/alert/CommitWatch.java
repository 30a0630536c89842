package dev.kiln.routes.alert;

import dev.kiln.routes.control.InboxControl;
import dev.kiln.routes.control.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Sees that messages cannot be taken in: the disk is full, or the database is away or hangs. */
final class CommitWatch implements Watch {

  private final Limited<Boolean> beat;
  private final Clock clock;
  private Instant since;

  CommitWatch(InboxControl inbox, Clock clock, Duration most) {
    this.beat =
        new Limited<>(
            () -> {
              inbox.beat();
              return true;
            },
            most);
    this.clock = clock;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.INBOX_CANNOT_COMMIT);
  }

  @Override
  public List<Condition> look() {
    Instant begin = clock.instant();
    try {
      beat.get();
      since = null;
      return List.of();
    } catch (IllegalStateException e) {
      since = since == null ? begin : since;
      return List.of(new Condition(Kind.INBOX_CANNOT_COMMIT, "", "", "", 0, since, 0));
    }
  }
}
