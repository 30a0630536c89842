package dev.kiln.routes.inbox.seal;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.inbox.seal.MessageSeal.Part;
import dev.kiln.routes.inbox.seal.MessageSeal.Sealed;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals what an earlier release has written plainly, beside everything else and one message after
 * the other: a crash leaves each as it was or sealed.
 */
public final class Sealing implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Sealing.class);
  private static final int AT_ONCE = 100;
  private static final long PAUSE_MILLIS = 50;
  private static final long PAUSE_AFTER_FAULT_MILLIS = 30_000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final MessageSeal seal;
  private Thread thread;

  public Sealing(JdbcClient jdbc, TransactionTemplate transactions, MessageSeal seal) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.seal = seal;
  }

  @Override
  public synchronized void start() {
    thread = new Thread(this::sealAll, "inbox-sealing");
    thread.setDaemon(true);
    thread.start();
  }

  private void sealAll() {
    long sealed = 0;
    try {
      while (true) {
        try {
          int some = sealSome();
          if (some == 0) {
            break;
          }
          sealed += some;
          Thread.sleep(PAUSE_MILLIS);
        } catch (DataAccessException | TransactionException e) {
          log.warn("Old messages cannot be sealed: {}", e.getClass().getSimpleName());
          Thread.sleep(PAUSE_AFTER_FAULT_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (sealed > 0) {
      log.info("Sealed {} messages of an earlier release", sealed);
    }
  }

  /**
   * @return how many; none where all are sealed
   */
  int sealSome() {
    List<UUID> plain =
        jdbc.sql("select id from message where raw_key = 0 order by seq limit " + AT_ONCE)
            .query(UUID.class)
            .list();
    for (UUID id : plain) {
      try {
        transactions.executeWithoutResult(status -> seal(new MessageId(id), true));
      } catch (DuplicateKeyException e) {
        // The message was replayed, and its sender has sent it again: the other one is found.
        transactions.executeWithoutResult(status -> seal(new MessageId(id), false));
      }
    }
    return plain.size();
  }

  /** With its row locked, so that what a worker writes at this moment is not undone. */
  private void seal(MessageId id, boolean found) {
    jdbc.sql("select raw, detail from message where id = :id and raw_key = 0 for update")
        .param("id", id.value())
        .query((row, number) -> new Plain(row.getBytes("raw"), row.getString("detail")))
        .optional()
        .ifPresent(plain -> write(id, plain, found));
  }

  private record Plain(byte[] raw, String detail) {}

  private void write(MessageId id, Plain plain, boolean found) {
    Sealed raw = seal.seal(id, Part.RAW, plain.raw());
    Sealed detail = seal.seal(id, plain.detail());
    jdbc.sql(
            """
            update message
            set raw = :raw, raw_key = :rawKey, detail = null,
                sealed_detail = case when cast(:detail as bytea) is null then sealed_detail
                                     else :detail end,
                detail_key = case when cast(:detail as bytea) is null then detail_key
                                  else :detailKey end,
                digest = case when :found then :digest else digest end
            where id = :id
            """)
        .param("id", id.value())
        .param("raw", raw.bytes())
        .param("rawKey", raw.key())
        .param("detail", detail.bytes())
        .param("detailKey", detail.key())
        .param("found", found)
        .param("digest", seal.digest(plain.raw()))
        .update();
  }

  @Override
  public synchronized void stop() {
    thread.interrupt();
    thread = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
