package dev.kiln.routes.inbox;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.sink.Sink.Delivery;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The table that keeps every message. */
final class InboxTable {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Lanes lanes;

  InboxTable(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.lanes = new Lanes(jdbc);
  }

  /**
   * @param id the message's own, or that of the one that it repeats
   * @param isNew false where the same sender has sent the same bytes under the same control id
   *     before
   */
  record Taken(MessageId id, boolean isNew) {}

  /**
   * A message that a worker has leased. Only while the lease holds does the worker decide what
   * becomes of the message; one that was too slow has no say any more.
   *
   * @param lease names this lease, and no other of the same message
   * @param delivery who it is from, and which message in which run
   * @param format as in {@link MessageFormat#name()}
   * @param raw the bytes as they came
   * @param type for metrics
   */
  record Leased(UUID lease, Delivery delivery, String format, byte[] raw, String type) {

    MessageId id() {
      return delivery.message();
    }
  }

  /** Commits a message, accepted or refused. */
  Taken insert(String format, byte[] raw, String source, Receipt receipt) {
    byte[] digest = digest(raw);
    if (!receipt.isAccepted()) {
      return new Taken(write(format, raw, digest, source, receipt, new TreeSet<>()), true);
    }
    Optional<Taken> taken = Optional.empty();
    while (taken.isEmpty()) {
      taken = transactions.execute(status -> take(format, raw, digest, source, receipt));
    }
    return taken.get();
  }

  /** Empty where a merge came in between and it must be tried again. */
  private Optional<Taken> take(
      String format, byte[] raw, byte[] digest, String source, Receipt receipt) {
    TreeSet<Long> all = lanes.lock(Lanes.numbers(receipt, source));
    if (all.isEmpty()) {
      return Optional.empty();
    }
    // Under the locks of its lanes, nobody else can be taking in the same message.
    Optional<MessageId> same = same(receipt, digest);
    if (same.isPresent()) {
      return Optional.of(new Taken(same.get(), false));
    }
    MessageId id = write(format, raw, digest, source, receipt, all);
    enter(id, all);
    if (receipt.merges()) {
      lanes.join(all);
    }
    return Optional.of(new Taken(id, true));
  }

  private void enter(MessageId id, TreeSet<Long> all) {
    long seq =
        jdbc.sql("select seq from message where id = :id")
            .param("id", id.value())
            .query(Long.class)
            .single();
    lanes.enter(all, seq);
  }

  private Optional<MessageId> same(Receipt receipt, byte[] digest) {
    return jdbc.sql(
            """
            select id from message where sender = :sender and control_id = :controlId
              and digest = :digest and state in ('received', 'applied')
            """)
        .param("sender", receipt.sender())
        .param("controlId", receipt.controlId())
        .param("digest", digest)
        .query(UUID.class)
        .optional()
        .map(MessageId::new);
  }

  private MessageId write(
      String format, byte[] raw, byte[] digest, String source, Receipt receipt, TreeSet<Long> all) {
    Refusal refusal = receipt.refusal();
    MessageId id = new MessageId(UUID.randomUUID());
    jdbc.sql(
            """
            insert into message (id, source, format, type, control_id, sender, digest, raw, lanes,
                                 merges, state, reason, detail, location, finished_at)
            values (:id, :source, :format, :type, :controlId, :sender, :digest, :raw, :lanes,
                    :merges, :state, :reason, :detail, :location,
                    case when :state = 'rejected' then now() end)
            """)
        .param("id", id.value())
        .param("source", source)
        .param("format", format)
        .param("type", receipt.type())
        .param("controlId", receipt.controlId())
        .param("sender", receipt.sender())
        .param("digest", digest)
        .param("raw", raw)
        .param("lanes", Lanes.array(all))
        .param("merges", receipt.merges())
        .param("state", receipt.isAccepted() ? "received" : "rejected")
        .param("reason", refusal == null ? null : refusal.reason().name())
        .param("detail", refusal == null ? null : refusal.detail())
        .param("location", refusal == null ? null : refusal.location())
        .update();
    return id;
  }

  /**
   * Leases the oldest message that may be applied: no earlier unfinished one shares a lane with it.
   */
  Optional<Leased> lease(Duration lease) {
    return jdbc.sql(
            """
            update message set leased_by = :lease,
                               leased_until = now() + make_interval(secs => :seconds)
            where id = (
              select m.id from message m
              where m.state = 'received'
                and (m.leased_until is null or m.leased_until < now())
                and (m.retry_at is null or m.retry_at <= now())
                and not exists (
                  select from lane mine join lane earlier on earlier.key = mine.key
                  where mine.seq = m.seq and earlier.seq < m.seq)
              order by m.seq limit 1 for update skip locked)
            returning leased_by, id, run, format, raw, received_at, sender, type
            """)
        .param("lease", UUID.randomUUID())
        .param("seconds", lease.toSeconds())
        .query(InboxTable::message)
        .optional();
  }

  /** Gives back what an earlier run of this hub had leased: it is the only hub on the database. */
  void releaseAll() {
    jdbc.sql("update message set leased_by = null, leased_until = null where state = 'received'")
        .update();
  }

  /**
   * Gives a message back, to be tried again after a while; its lanes wait with it.
   *
   * @return the tries that have failed in a row; 0 where the lease has been lost
   */
  int postpone(Leased message) {
    return jdbc.sql(
            """
            update message
            set faults = faults + 1, leased_by = null, leased_until = null,
                retry_at = now() + make_interval(secs => least(30, 0.05 * power(2, least(faults, 10))))
            where id = :id and leased_by = :lease returning faults
            """)
        .param("id", message.id().value())
        .param("lease", message.lease())
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /**
   * Counts a try that failed by the message's own fault.
   *
   * @return how many there were; 0 where the lease has been lost
   */
  int attempted(Leased message) {
    return jdbc.sql(
            """
            update message set attempts = attempts + 1
            where id = :id and leased_by = :lease returning attempts
            """)
        .param("id", message.id().value())
        .param("lease", message.lease())
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /**
   * Marks a message as done and frees its lanes.
   *
   * @return false where the lease has been lost, and nothing is done
   */
  boolean applied(Leased message, Translation translation, List<String> warnings, String trace) {
    int changed =
        jdbc.sql(
                """
                with own as (
                       select id, seq from message
                       where id = :id and leased_by = :lease for update),
                     freed as (delete from lane where seq = (select seq from own)),
                     mended as (delete from broken_lane where message_id = (select id from own))
                update message
                set state = 'applied', warnings = :warnings, unread = :unread, trace = :trace,
                    reason = null, detail = null, finished_at = now(), leased_by = null,
                    leased_until = null, retry_at = null,
                    after_dead_letter = (
                      select b.message_id from broken_lane b join message d on d.id = b.message_id
                      where b.key = any (message.lanes) and b.message_id <> :id
                      order by d.seq desc limit 1)
                where id = (select id from own)
                """)
            .param("id", message.id().value())
            .param("lease", message.lease())
            .param("warnings", warnings.toArray(String[]::new))
            .param("unread", translation.unread().toArray(String[]::new))
            .param("trace", trace)
            .update();
    return changed == 1;
  }

  /**
   * Moves a message to the dead letters, frees its lanes and marks them as broken.
   *
   * @return false where the lease has been lost, and nothing is done
   */
  boolean failed(Leased message, String reason, String detail) {
    int changed =
        jdbc.sql(
                """
                with own as (
                       select id, seq, lanes from message
                       where id = :id and leased_by = :lease for update),
                     freed as (delete from lane where seq = (select seq from own)),
                     broken as (
                       insert into broken_lane (key, message_id)
                       select unnest(lanes), id from own on conflict do nothing)
                update message set state = 'failed', reason = :reason, detail = :detail,
                                   finished_at = now(), leased_by = null, leased_until = null
                where id = (select id from own)
                """)
            .param("id", message.id().value())
            .param("lease", message.lease())
            .param("reason", reason)
            // PostgreSQL has no place for a zero byte in a text.
            .param("detail", detail == null ? null : detail.replace('\0', ' '))
            .update();
    return changed == 1;
  }

  /**
   * What is kept of a finished message, or of one that waits.
   *
   * @param waits whether it is on its way already
   */
  record Kept(String format, byte[] raw, String source, boolean waits) {}

  Optional<Kept> kept(MessageId id) {
    return jdbc.sql("select format, raw, source, state from message where id = :id")
        .param("id", id.value())
        .query(
            (row, number) ->
                new Kept(
                    row.getString("format"),
                    row.getBytes("raw"),
                    row.getString("source"),
                    row.getString("state").equals("received")))
        .optional();
  }

  /**
   * Puts a finished message back, behind what waits in its lanes.
   *
   * @param receipt as its bytes are judged now
   * @throws org.springframework.dao.DuplicateKeyException where the sender has sent the same
   *     message again meanwhile
   */
  void replay(MessageId id, Receipt receipt, String source) {
    boolean done = false;
    while (!done) {
      done = Boolean.TRUE.equals(transactions.execute(status -> again(id, receipt, source)));
    }
  }

  private boolean again(MessageId id, Receipt receipt, String source) {
    TreeSet<Long> all = lanes.lock(Lanes.numbers(receipt, source));
    if (all.isEmpty()) {
      return false;
    }
    int changed =
        jdbc.sql(
                """
                update message set state = 'received', run = run + 1, seq = default, faults = 0,
                                   attempts = 0, reason = null, detail = null, location = null,
                                   finished_at = null, retry_at = null, lanes = :lanes,
                                   merges = :merges, type = :type, control_id = :controlId,
                                   sender = :sender
                where id = :id and state <> 'received'
                """)
            .param("id", id.value())
            .param("lanes", Lanes.array(all))
            .param("merges", receipt.merges())
            .param("type", receipt.type())
            .param("controlId", receipt.controlId())
            .param("sender", receipt.sender())
            .update();
    if (changed == 1) {
      enter(id, all);
      if (receipt.merges()) {
        lanes.join(all);
      }
    }
    return true;
  }

  /** What became of a message; empty while it waits. */
  Optional<Awaited.Outcome> outcome(MessageId id) {
    return jdbc.sql("select state from message where id = :id and state in ('applied', 'failed')")
        .param("id", id.value())
        .query(String.class)
        .optional()
        .map(state -> state.equals("applied") ? Awaited.Outcome.APPLIED : Awaited.Outcome.FAILED);
  }

  /** Why a message was refused or is a dead letter. */
  String reason(MessageId id) {
    return jdbc.sql("select coalesce(reason, '') from message where id = :id")
        .param("id", id.value())
        .query(String.class)
        .single();
  }

  void beat() {
    jdbc.sql("update heartbeat set written_at = now()").update();
  }

  long count(String state) {
    return jdbc.sql("select count(*) from message where state = :state")
        .param("state", state)
        .query(Long.class)
        .single();
  }

  private static Leased message(ResultSet row, int number) throws SQLException {
    return new Leased(
        row.getObject("leased_by", UUID.class),
        new Delivery(
            new MessageId(row.getObject("id", UUID.class)),
            row.getInt("run"),
            row.getString("sender"),
            row.getObject("received_at", OffsetDateTime.class).toInstant()),
        row.getString("format"),
        row.getBytes("raw"),
        row.getString("type"));
  }

  private static byte[] digest(byte[] raw) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(raw);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
