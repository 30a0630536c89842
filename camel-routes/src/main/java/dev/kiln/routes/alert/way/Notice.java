package dev.kiln.routes.alert.way;

import dev.kiln.routes.control.AdminAddress;
import dev.kiln.routes.control.Watch.Condition;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * What is told of an alert, in the form in which a webhook gets it. It holds no value of any
 * patient.
 *
 * @param id the same at each try, so that a receiver can tell a repetition
 * @param event raised, reminded or ended
 * @param kind what is amiss, for example {@code dead-letters}
 * @param since when it began; of a certificate, when it ends
 * @param at when this was found
 * @param link where people see more
 */
public record Notice(
    UUID id,
    String event,
    String kind,
    String listener,
    String sender,
    String reason,
    long count,
    String since,
    String at,
    String link) {

  public static final String RAISED = "raised";
  public static final String REMINDED = "reminded";
  public static final String ENDED = "ended";

  public static Notice of(String event, Condition condition, Instant at, AdminAddress link) {
    return new Notice(
        UUID.randomUUID(),
        event,
        condition.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        condition.listener(),
        condition.sender(),
        condition.reason(),
        condition.count(),
        condition.since().toString(),
        at.toString(),
        link.url());
  }
}
