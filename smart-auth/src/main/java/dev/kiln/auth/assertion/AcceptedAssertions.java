package dev.kiln.auth.assertion;

import dev.kiln.auth.database.AuthDatabase;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * Remembers which assertions have been accepted, for as long as they would be valid. The primary
 * key of the table decides, so that several processes cannot accept the same one.
 */
final class AcceptedAssertions {

  private final AuthDatabase database;

  AcceptedAssertions(AuthDatabase database) {
    this.database = database;
  }

  /** False where that one was accepted before. */
  boolean accept(String clientId, String jti, Instant expires) {
    return database
            .jdbc()
            .sql(
                """
                insert into client_assertion (client_id, jti, expires) values (?, ?, ?)
                on conflict do nothing\
                """)
            .param(clientId)
            .param(jti)
            .param(Timestamp.from(expires))
            .update()
        == 1;
  }
}
