package dev.kiln.auth.token;

import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.secret.Secrets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Refresh tokens by their hashes, the used ones too, so that a stolen one is recognised. */
public final class RefreshTokenTable {

  private final AuthDatabase database;

  /**
   * A refresh token as it is kept.
   *
   * @param used when it was exchanged; null while it was not
   */
  public record Kept(UUID authorizationId, Instant expires, Instant used) {}

  RefreshTokenTable(AuthDatabase database) {
    this.database = database;
  }

  /** Does nothing where it is there already. */
  public void insert(String value, UUID authorizationId, Instant issued, Instant expires) {
    database
        .jdbc()
        .sql(
            """
            insert into refresh_token (token_hash, authorization_id, issued, expires)
            values (?, ?, ?, ?) on conflict do nothing\
            """)
        .param(Secrets.hash(value))
        .param(authorizationId)
        .param(Timestamp.from(issued))
        .param(Timestamp.from(expires))
        .update();
  }

  public Optional<Kept> find(String value) {
    return find(value, "");
  }

  /** Whoever else exchanges the same one waits until this transaction ends. */
  public Optional<Kept> lock(String value) {
    return find(value, " for update");
  }

  private Optional<Kept> find(String value, String locking) {
    return database
        .jdbc()
        .sql("select * from refresh_token where token_hash = ?" + locking)
        .param(Secrets.hash(value))
        .query(
            (row, number) -> {
              Timestamp used = row.getTimestamp("used");
              return new Kept(
                  row.getObject("authorization_id", UUID.class),
                  row.getTimestamp("expires").toInstant(),
                  used == null ? null : used.toInstant());
            })
        .optional();
  }

  public void markUsed(String value, Instant when) {
    database
        .jdbc()
        .sql("update refresh_token set used = ? where token_hash = ?")
        .param(Timestamp.from(when))
        .param(Secrets.hash(value))
        .update();
  }
}
