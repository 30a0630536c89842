package dev.kiln.routes.inbox.queue;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Translation;
import dev.kiln.routes.inbox.seal.MessageSeal;
import dev.kiln.routes.inbox.seal.MessageSeal.Part;
import dev.kiln.routes.inbox.seal.MessageSeal.Sealed;
import dev.kiln.routes.inbox.seal.SealBroken;
import dev.kiln.routes.sink.Sink.Delivery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives waiting messages to workers, and notes what became of them. */
public final class Leases {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final MessageSeal seal;
  private final Lanes lanes;

  public Leases(JdbcClient jdbc, TransactionTemplate transactions, MessageSeal seal) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.seal = seal;
    this.lanes = new Lanes(jdbc);
  }

  /**
   * A message that a worker has leased. Only while the lease holds does the worker decide what
   * becomes of the message; one that was too slow has no say any more.
   *
   * @param lease names this lease, and no other of the same message
   * @param delivery who it is from, and which message in which run
   * @param format as in {@link MessageFormat#name()}
   * @param content opens the bytes as they came; one whose seal is broken must not hold up others
   * @param type for metrics
   * @param seq its place in its lanes
   * @param lanes which it holds until it is finished
   */
  public record Leased(
      UUID lease,
      Delivery delivery,
      String format,
      Supplier<byte[]> content,
      String type,
      long seq,
      TreeSet<Long> lanes) {

    /**
     * @throws SealBroken where they cannot be opened
     */
    public byte[] raw() {
      return content.get();
    }

    public MessageId id() {
      return delivery.message();
    }
  }

  /**
   * Leases the oldest message that may be applied: no earlier unfinished one shares a lane with it.
   *
   * @param lease a name that no other lease has
   */
  public Optional<Leased> lease(UUID lease, Duration time) {
    return jdbc.sql(
            """
            update message set leased_by = :lease,
                               leased_until = now() + make_interval(secs => :seconds)
            where id = (
              select id from message
              where state = 'received' and is_first
                and (leased_until is null or leased_until < now())
                and (retry_at is null or retry_at <= now())
              order by seq limit 1 for update skip locked)
            returning leased_by, id, run, format, raw, raw_key, received_at, sender, type, seq, lanes
            """)
        .param("lease", lease)
        .param("seconds", time.toSeconds())
        .query(this::message)
        .optional();
  }

  /**
   * Gives back what an earlier run of this hub had leased, which is the only hub on the database,
   * and says anew which messages are the first in their lanes.
   */
  public void releaseAll() {
    jdbc.sql("update message set leased_by = null, leased_until = null where state = 'received'")
        .update();
    lanes.reckon();
  }

  /** Gives back what was leased, where something was and is still, to be tried again at once. */
  public void giveBack(UUID lease) {
    jdbc.sql(
            """
            update message set leased_by = null, leased_until = null
            where state = 'received' and is_first and leased_by = :lease
            """)
        .param("lease", lease)
        .update();
  }

  /**
   * Gives a message back, to be tried again after a while; its lanes wait with it.
   *
   * @return the tries that have failed in a row; 0 where the lease has been lost
   */
  public int postpone(Leased message) {
    return jdbc.sql(
            """
            update message
            set faults = faults + 1, leased_by = null, leased_until = null,
                faulty_since = coalesce(faulty_since, now()),
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
  public int attempted(Leased message) {
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
  public boolean applied(
      Leased message, Translation translation, List<String> warnings, String trace) {
    return finish(
        message,
        () ->
            jdbc.sql(
                    """
                    with mended as (delete from broken_lane where message_id = :id)
                    update message
                    set state = 'applied', warnings = :warnings, unread = :unread, trace = :trace,
                        about = (
                          select coalesce(array_agg(distinct split_part(key, '/_history/', 1)), '{}')
                          from json_object_keys(cast(:trace as json)) key),
                        reason = null, detail = null, sealed_detail = null, detail_key = 0,
                        finished_at = now(), leased_by = null,
                        leased_until = null, retry_at = null,
                        after_dead_letter = (
                          select dead.message_id from broken_lane dead
                          where dead.key = any (message.lanes) and dead.message_id <> :id
                          order by (select seq from message where id = dead.message_id) desc limit 1)
                    where id = :id
                    """)
                .param("id", message.id().value())
                .param("warnings", warnings.toArray(String[]::new))
                .param("unread", translation.unread().toArray(String[]::new))
                .param("trace", trace)
                .update());
  }

  /**
   * Moves a message to the dead letters, frees its lanes and marks them as broken.
   *
   * @return false where the lease has been lost, and nothing is done
   */
  public boolean failed(Leased message, String reason, String detail) {
    Sealed sealed = seal.seal(message.id(), detail);
    return finish(
        message,
        () ->
            jdbc.sql(
                    """
                    with broken as (
                      insert into broken_lane (key, message_id)
                      select unnest(:lanes), :id on conflict do nothing)
                    update message set state = 'failed', reason = :reason, detail = null,
                                       sealed_detail = :detail, detail_key = :detailKey,
                                       finished_at = now(), leased_by = null, leased_until = null
                    where id = :id
                    """)
                .param("id", message.id().value())
                .param("lanes", Lanes.array(message.lanes()))
                .param("reason", reason)
                .param("detail", sealed.bytes())
                .param("detailKey", sealed.key())
                .update());
  }

  /**
   * The lanes come before the message's own row, in the order in which everybody else takes them:
   * who replays the message at this moment holds its lanes and waits for its row.
   */
  private boolean finish(Leased message, Supplier<Integer> change) {
    return Boolean.TRUE.equals(
        transactions.execute(
            status -> {
              lanes.lockThese(message.lanes());
              if (!isHeld(message)) {
                return false;
              }
              change.get();
              lanes.leave(message.lanes(), message.seq());
              return true;
            }));
  }

  private boolean isHeld(Leased message) {
    return jdbc.sql("select id from message where id = :id and leased_by = :lease for update")
        .param("id", message.id().value())
        .param("lease", message.lease())
        .query(UUID.class)
        .optional()
        .isPresent();
  }

  private Leased message(ResultSet row, int number) throws SQLException {
    MessageId id = new MessageId(row.getObject("id", UUID.class));
    Sealed raw = new Sealed(row.getInt("raw_key"), row.getBytes("raw"));
    return new Leased(
        row.getObject("leased_by", UUID.class),
        new Delivery(
            id,
            row.getInt("run"),
            row.getString("sender"),
            row.getObject("received_at", OffsetDateTime.class).toInstant()),
        row.getString("format"),
        () -> seal.open(id, Part.RAW, raw),
        row.getString("type"),
        row.getLong("seq"),
        new TreeSet<>(List.of((Long[]) row.getArray("lanes").getArray())));
  }
}
