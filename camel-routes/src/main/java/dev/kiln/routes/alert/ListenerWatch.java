package dev.kiln.routes.alert;

import dev.kiln.routes.control.ListenerControl;
import dev.kiln.routes.control.ListenerControl.Listener;
import dev.kiln.routes.control.ListenerControl.State;
import dev.kiln.routes.control.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sees listeners that nothing reaches or that cannot fetch, and certificates that end. */
final class ListenerWatch implements Watch {

  private final ListenerControl listeners;
  private final Map<String, Duration> silence;
  private final Clock clock;
  private final Instant begin;

  /**
   * @param silence by listener, how long nothing may come
   */
  ListenerWatch(ListenerControl listeners, Map<String, Duration> silence, Clock clock) {
    this.listeners = listeners;
    this.silence = silence;
    this.clock = clock;
    this.begin = clock.instant();
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.LISTENER_SILENT, Kind.CERTIFICATE_ENDS, Kind.POLLING_FAILS);
  }

  @Override
  public List<Condition> look() {
    List<Condition> found = new ArrayList<>();
    for (Listener listener : listeners.listeners()) {
      silent(listener, found);
      listener
          .certificateEnds()
          .flatMap(ends -> Watch.certificate(listener.name(), ends, clock.instant()))
          .ifPresent(found::add);
      listener
          .trouble()
          .map(
              trouble ->
                  new Condition(Kind.POLLING_FAILS, listener.name(), "", "", 0, trouble.since(), 0))
          .ifPresent(found::add);
    }
    return found;
  }

  /**
   * Of a listener that has had no message in this run of the hub, or is paused, nobody knows: what
   * has been told stays, and nothing new is.
   */
  private void silent(Listener listener, List<Condition> found) {
    Duration most = silence.get(listener.name());
    if (most == null) {
      return;
    }
    Instant now = clock.instant();
    Instant last = listener.lastMessage().orElse(begin);
    if (listener.state() == State.PAUSED || listener.state() == State.DRAINING) {
      last = now;
    } else if (listener.lastMessage().isPresent() && now.isBefore(last.plus(most))) {
      return;
    }
    found.add(new Condition(Kind.LISTENER_SILENT, listener.name(), "", "", 0, last, 0));
  }
}
