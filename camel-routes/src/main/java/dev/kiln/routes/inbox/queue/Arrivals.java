package dev.kiln.routes.inbox.queue;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes messages in, and brings finished ones back. */
public final class Arrivals {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final Lanes lanes;

  public Arrivals(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.lanes = new Lanes(jdbc);
  }

  /**
   * @param id the message's own, or that of the one that it repeats
   * @param isNew false where the same bytes have been taken in before
   */
  public record Taken(MessageId id, boolean isNew) {}

  /**
   * What is kept of a finished message, or of one that waits.
   *
   * @param waits whether it is on its way already
   */
  public record Kept(String format, byte[] raw, String source, boolean waits) {}

  /** Commits a message, accepted or refused. */
  public Taken insert(String format, byte[] raw, String source, Receipt receipt) {
    byte[] digest = digest(raw);
    if (!receipt.isAccepted()) {
      return new Taken(write(format, raw, digest, source, receipt, new TreeSet<>()), true);
    }
    return underLocks(receipt, source, all -> take(format, raw, digest, source, receipt, all));
  }

  /** Under the locks of its lanes, nobody else can be taking in the same message. */
  private Taken take(
      String format, byte[] raw, byte[] digest, String source, Receipt receipt, TreeSet<Long> all) {
    Optional<MessageId> same = same(format, digest);
    if (same.isPresent()) {
      return new Taken(same.get(), false);
    }
    return new Taken(write(format, raw, digest, source, receipt, all), true);
  }

  /**
   * Does something while all lanes of a message are locked; where it makes several patients one,
   * their lanes are one from then on.
   */
  private <T> T underLocks(Receipt receipt, String source, Change<T> change) {
    TreeSet<Long> own = Lanes.numbers(receipt, source);
    Optional<T> done = Optional.empty();
    while (done.isEmpty()) {
      done =
          transactions.execute(
              status -> {
                TreeSet<Long> all = lanes.lock(own);
                if (all.isEmpty()) {
                  return Optional.empty();
                }
                T result = change.in(all);
                if (receipt.merges()) {
                  lanes.join(all);
                }
                return Optional.of(result);
              });
    }
    return done.get();
  }

  private interface Change<T> {
    T in(TreeSet<Long> lanes);
  }

  private Optional<MessageId> same(String format, byte[] digest) {
    return jdbc.sql(
            """
            select id from message
            where format = :format and digest = :digest and state in ('received', 'applied')
            """)
        .param("format", format)
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
            with arrived as (
              insert into message (id, source, format, type, control_id, sender, digest, raw, lanes,
                                   is_first, merges, state, reason, detail, location, finished_at)
              values (:id, :source, :format, :type, :controlId, :sender, :digest, :raw, :lanes,
                      not exists (select from lane where key = any (:lanes)),
                      :merges, :state, :reason, :detail, :location,
                      case when :state = 'rejected' then now() end)
              returning seq)
            insert into lane (key, seq) select unnest(:lanes), seq from arrived
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

  public Optional<Kept> kept(MessageId id) {
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
   * @throws DuplicateKeyException where the sender has sent the same message again meanwhile
   */
  public void replay(MessageId id, Receipt receipt, String source) {
    underLocks(receipt, source, all -> again(id, receipt, all));
  }

  private int again(MessageId id, Receipt receipt, TreeSet<Long> all) {
    return jdbc.sql(
            """
            with arrived as (
              update message set state = 'received', run = run + 1,
                                 arrival = coalesce(arrival, seq), seq = default, faults = 0,
                                 attempts = 0, reason = null, detail = null, location = null,
                                 finished_at = null, retry_at = null, lanes = :lanes,
                                 is_first = not exists (select from lane where key = any (:lanes)),
                                 merges = :merges, type = :type, control_id = :controlId,
                                 sender = :sender
              where id = :id and state <> 'received'
              returning seq)
            insert into lane (key, seq) select unnest(:lanes), seq from arrived
            """)
        .param("id", id.value())
        .param("lanes", Lanes.array(all))
        .param("merges", receipt.merges())
        .param("type", receipt.type())
        .param("controlId", receipt.controlId())
        .param("sender", receipt.sender())
        .update();
  }

  /** What became of a message; empty while it waits. */
  public Optional<Awaited.Outcome> outcome(MessageId id) {
    return jdbc.sql("select state from message where id = :id and state in ('applied', 'failed')")
        .param("id", id.value())
        .query(String.class)
        .optional()
        .map(state -> state.equals("applied") ? Awaited.Outcome.APPLIED : Awaited.Outcome.FAILED);
  }

  /** Why a message was refused or is a dead letter. */
  public String reason(MessageId id) {
    return jdbc.sql("select coalesce(reason, '') from message where id = :id")
        .param("id", id.value())
        .query(String.class)
        .single();
  }

  /** Commits something to where messages are kept. */
  public void beat() {
    jdbc.sql("update heartbeat set written_at = now()").update();
  }

  private static byte[] digest(byte[] raw) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(raw);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
