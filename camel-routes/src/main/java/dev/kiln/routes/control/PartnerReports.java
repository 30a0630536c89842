package dev.kiln.routes.control;

import dev.kiln.routes.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the senders send that Kiln does not understand. Of a message that was refused, or is a dead
 * letter, nobody knows that; its reason says what is wrong.
 */
public interface PartnerReports {

  /**
   * The senders of most messages come first, and of each what most of its messages have.
   *
   * @param sender application and facility, {@code LAB|HOSPITAL}; null for all
   * @param from received then or later
   * @param until received then or earlier; null for all since
   */
  Report of(String sender, Instant from, Instant until);

  /**
   * @param since when the oldest message came that is reckoned in, where the time has more messages
   *     than are looked at
   */
  record Report(List<Partner> partners, Optional<Instant> since) {}

  record Partner(String sender, long messages, List<Unread> unread, List<Unmapped> unmapped) {}

  /**
   * A field that was sent and that nobody reads.
   *
   * @param field for example {@code PID-12}
   * @param messages how many have it
   * @param latest of these
   */
  record Unread(String field, long messages, MessageId latest) {}

  /**
   * A field in which codes came that its table does not have.
   *
   * @param table its number, {@code 0004}
   * @param messages how many have it
   * @param latest of these
   */
  record Unmapped(String field, String table, long messages, MessageId latest) {}
}
