package dev.kiln.routes.alert;

import dev.kiln.routes.alert.way.Notice;
import dev.kiln.routes.control.AdminAddress;
import dev.kiln.routes.control.Watch;
import dev.kiln.routes.control.Watch.Condition;
import dev.kiln.routes.control.Watch.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One alert for each thing that is amiss, however many messages it takes along: raised once, told
 * again after a while, and told once when it is over. One thread looks, tells and keeps.
 */
final class Alerts {

  private static final Logger log = LoggerFactory.getLogger(Alerts.class);

  /** What is away for one look only may be back at the next. */
  private static final int LOOKS_UNTIL_OVER = 2;

  private final Map<Watch, Limited<List<Condition>>> watches = new LinkedHashMap<>();
  private final AlertSettings settings;
  private final Deliveries deliveries;
  private final AlertTable table;
  private final AdminAddress link;
  private final Clock clock;

  /** Read by metrics meanwhile. */
  private final Map<String, ActiveAlert> active = new ConcurrentHashMap<>();

  private final Map<String, Integer> absent = new HashMap<>();
  private boolean isSaved;

  Alerts(
      List<Watch> watches,
      AlertSettings settings,
      Deliveries deliveries,
      AlertTable table,
      AdminAddress link,
      Clock clock) {
    // Longer than a watch that limits itself, which would else be unknown and not amiss.
    Duration most = Limited.USUAL.multipliedBy(2);
    watches.forEach(watch -> this.watches.put(watch, new Limited<>(watch::look, most)));
    this.settings = settings;
    this.deliveries = deliveries;
    this.table = table;
    this.link = link;
    this.clock = clock;
  }

  /** Takes up what an earlier run of the hub has told and was about to tell. */
  void resume() {
    table.alerts().forEach(alert -> active.put(alert.condition().key(), alert));
    deliveries.resume(table.notices());
    isSaved = true;
  }

  long active(Kind kind) {
    return active.values().stream().filter(alert -> alert.condition().kind() == kind).count();
  }

  /** Compares what is amiss with what has been told. */
  void look() {
    Map<String, Condition> present = new LinkedHashMap<>();
    Set<Kind> unknown = EnumSet.noneOf(Kind.class);
    watches.forEach(
        (watch, look) -> {
          try {
            look.get().forEach(condition -> present.put(condition.key(), condition));
          } catch (IllegalStateException e) {
            log.warn("Nobody knows of {}: {}", watch.kinds(), cause(e));
            unknown.addAll(watch.kinds());
          }
        });
    Instant now = clock.instant();
    present.values().removeIf(condition -> !isAmiss(condition, now));
    present.forEach((key, condition) -> seen(key, condition, now));
    for (Map.Entry<String, ActiveAlert> entry : active.entrySet()) {
      if (!present.containsKey(entry.getKey())
          && !unknown.contains(entry.getValue().condition().kind())) {
        missed(entry.getKey(), entry.getValue().condition(), now);
      }
    }
    save();
  }

  private static String cause(IllegalStateException e) {
    return e.getCause().getClass().getSimpleName();
  }

  private boolean isAmiss(Condition condition, Instant now) {
    Duration patience =
        switch (condition.kind()) {
          case LANES_BLOCKED -> settings.blockedFor();
          case MESSAGES_WAIT -> settings.waitingFor();
          // It may be a matter of seconds, and is looked at again in a minute.
          case INBOX_CANNOT_COMMIT -> Duration.ofSeconds(30);
          // A server that is started anew is back by then.
          case POLLING_FAILS -> Duration.ofMinutes(2);
          case LISTENER_SILENT ->
              // What was silent before a restart is so until it has been heard.
              active.containsKey(condition.key())
                  ? Duration.ZERO
                  : settings.silence().getOrDefault(condition.listener(), Duration.ZERO);
          default -> Duration.ZERO;
        };
    // The clock of the database may go before that of the hub.
    return patience.isZero() || !now.isBefore(condition.since().plus(patience));
  }

  private void seen(String key, Condition condition, Instant now) {
    absent.remove(key);
    ActiveAlert former = active.get(key);
    if (former == null) {
      tell(Notice.RAISED, condition, now);
      active.put(key, ActiveAlert.told(condition, now));
      return;
    }
    ActiveAlert alert = former.seen(condition);
    if (alert.isDue(now, settings.remindEvery())) {
      tell(Notice.REMINDED, alert.condition(), now);
      alert = ActiveAlert.told(alert.condition(), now);
    }
    active.put(key, alert);
  }

  private void missed(String key, Condition last, Instant now) {
    if (absent.merge(key, 1, Integer::sum) >= LOOKS_UNTIL_OVER) {
      absent.remove(key);
      active.remove(key);
      tell(Notice.ENDED, last, now);
    }
  }

  private void tell(String event, Condition condition, Instant now) {
    // Without the sender, which is what a message says.
    log.warn(
        "Alert {}: {} {} {}", event, condition.kind(), condition.listener(), condition.reason());
    deliveries.add(Notice.of(event, condition, now, link));
    isSaved = false;
  }

  /** Tells what is due. */
  void deliver() throws InterruptedException {
    if (deliveries.deliver()) {
      isSaved = false;
      save();
    }
  }

  /** What cannot be kept now is kept after a later look. */
  private void save() {
    if (isSaved) {
      return;
    }
    try {
      table.save(active.values(), deliveries.pending());
      isSaved = true;
    } catch (DataAccessException | TransactionException e) {
      log.warn("Alerts cannot be kept: {}", e.getClass().getSimpleName());
    }
  }
}
