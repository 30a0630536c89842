package dev.kiln.routes.inbox;

import dev.kiln.routes.MessageId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table that keeps every message; each method is one statement and commits by itself. */
final class InboxTable {

  private final JdbcClient jdbc;

  InboxTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Commits a message, accepted or refused.
   *
   * @return false where the same sender has sent the same bytes under the same control id before
   */
  boolean insert(String format, byte[] raw, String source, Receipt receipt) {
    Refusal refusal = receipt.refusal();
    return jdbc.sql(
                """
                insert into message (id, source, format, type, control_id, sender, digest, raw,
                                     state, reason, detail, finished_at)
                values (:id, :source, :format, :type, :controlId, :sender, :digest, :raw,
                        :state, :reason, :detail, case when :state = 'rejected' then now() end)
                on conflict (sender, control_id, digest) where state in ('received', 'applied') do nothing
                """)
            .param("id", UUID.randomUUID())
            .param("source", source)
            .param("format", format)
            .param("type", receipt.type())
            .param("controlId", receipt.controlId())
            .param("sender", receipt.sender())
            .param("digest", digest(raw))
            .param("raw", raw)
            .param("state", receipt.isAccepted() ? "received" : "rejected")
            .param("reason", refusal == null ? null : refusal.reason().name())
            .param("detail", refusal == null ? null : refusal.detail())
            .update()
        == 1;
  }

  /** The oldest message that waits to be applied. */
  Optional<InboxMessage> next() {
    return jdbc.sql(
            """
            select id, format, raw, received_at, sender, type from message
            where state = 'received' order by seq limit 1
            """)
        .query(InboxTable::message)
        .optional();
  }

  /** Counts a try that failed by the message's own fault, and returns how many there were. */
  int attempted(MessageId id) {
    return jdbc.sql("update message set attempts = attempts + 1 where id = :id returning attempts")
        .param("id", id.value())
        .query(Integer.class)
        .single();
  }

  void applied(MessageId id, List<String> warnings) {
    jdbc.sql(
            """
            update message set state = 'applied', warnings = :warnings, reason = null, detail = null,
                               finished_at = now()
            where id = :id
            """)
        .param("id", id.value())
        .param("warnings", warnings.toArray(String[]::new))
        .update();
  }

  /** Moves a message to the dead letters. */
  void failed(MessageId id, String reason, String detail) {
    jdbc.sql(
            """
            update message set state = 'failed', reason = :reason, detail = :detail, finished_at = now()
            where id = :id
            """)
        .param("id", id.value())
        .param("reason", reason)
        .param("detail", detail)
        .update();
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

  private static InboxMessage message(ResultSet row, int number) throws SQLException {
    return new InboxMessage(
        new MessageId(row.getObject("id", UUID.class)),
        row.getString("format"),
        row.getBytes("raw"),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        row.getString("sender"),
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
