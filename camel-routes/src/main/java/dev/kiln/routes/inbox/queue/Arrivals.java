package dev.kiln.routes.inbox.queue;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import dev.kiln.routes.inbox.seal.MessageSeal;
import dev.kiln.routes.inbox.seal.MessageSeal.Part;
import dev.kiln.routes.inbox.seal.MessageSeal.Sealed;
import dev.kiln.routes.inbox.seal.SealBroken;
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
  private final MessageSeal seal;
  private final Lanes lanes;

  public Arrivals(JdbcClient jdbc, TransactionTemplate transactions, MessageSeal seal) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.seal = seal;
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
    if (!receipt.isAccepted()) {
      return new Taken(write(format, raw, source, receipt, new TreeSet<>()), true);
    }
    return underLocks(receipt, source, all -> take(format, raw, source, receipt, all));
  }

  /** Under the locks of its lanes, nobody else can be taking in the same message. */
  private Taken take(String format, byte[] raw, String source, Receipt receipt, TreeSet<Long> all) {
    Optional<MessageId> same = same(format, raw);
    if (same.isPresent()) {
      return new Taken(same.get(), false);
    }
    return new Taken(write(format, raw, source, receipt, all), true);
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

  /** Also where an earlier release has taken it in, and nobody has sealed it yet. */
  private Optional<MessageId> same(String format, byte[] raw) {
    return jdbc.sql(
            """
            select id from message
            where format = :format and digest in (:digest, :plain)
              and state in ('received', 'applied')
            order by seq limit 1
            """)
        .param("format", format)
        .param("digest", seal.digest(raw))
        .param("plain", MessageSeal.plainDigest(raw))
        .query(UUID.class)
        .optional()
        .map(MessageId::new);
  }

  private MessageId write(
      String format, byte[] raw, String source, Receipt receipt, TreeSet<Long> all) {
    Refusal refusal = receipt.refusal();
    MessageId id = new MessageId(UUID.randomUUID());
    Sealed sealed = seal.seal(id, Part.RAW, raw);
    Sealed detail = seal.seal(id, refusal == null ? null : refusal.detail());
    jdbc.sql(
            """
            with arrived as (
              insert into message (id, source, format, type, control_id, sender, digest, raw, raw_key,
                                   lanes, is_first, merges, state, reason, sealed_detail,
                                   detail_key, location, finished_at)
              values (:id, :source, :format, :type, :controlId, :sender, :digest, :raw, :rawKey,
                      :lanes, not exists (select from lane where key = any (:lanes)),
                      :merges, :state, :reason, :detail, :detailKey, :location,
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
        .param("digest", seal.digest(raw))
        .param("raw", sealed.bytes())
        .param("rawKey", sealed.key())
        .param("lanes", Lanes.array(all))
        .param("merges", receipt.merges())
        .param("state", receipt.isAccepted() ? "received" : "rejected")
        .param("reason", refusal == null ? null : refusal.reason().name())
        .param("detail", detail.bytes())
        .param("detailKey", detail.key())
        .param("location", refusal == null ? null : refusal.location())
        .update();
    return id;
  }

  /**
   * @throws SealBroken where its bytes cannot be opened
   */
  public Optional<Kept> kept(MessageId id) {
    return jdbc.sql("select format, raw, raw_key, source, state from message where id = :id")
        .param("id", id.value())
        .query(
            (row, number) ->
                new Kept(
                    row.getString("format"),
                    seal.open(id, Part.RAW, new Sealed(row.getInt("raw_key"), row.getBytes("raw"))),
                    row.getString("source"),
                    row.getString("state").equals("received")))
        .optional();
  }

  /**
   * Puts a finished message back, behind what waits in its lanes.
   *
   * @param receipt as its bytes are judged now
   * @throws DuplicateKeyException where the sender has sent the same message again meanwhile
   * @throws IllegalStateException where it has been put back or deleted meanwhile
   */
  public void replay(MessageId id, Receipt receipt, String source) {
    if (underLocks(receipt, source, all -> again(id, receipt, all)) == 0) {
      throw new IllegalStateException("Message " + id + " is waiting or gone already");
    }
  }

  private int again(MessageId id, Receipt receipt, TreeSet<Long> all) {
    return jdbc.sql(
            """
            with arrived as (
              update message set state = 'received', run = run + 1,
                                 arrival = coalesce(arrival, seq), seq = default, faults = 0,
                                 attempts = 0, waits_since = now(), faulty_since = null,
                                 reason = null, detail = null,
                                 sealed_detail = null, detail_key = 0, location = null,
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
}
