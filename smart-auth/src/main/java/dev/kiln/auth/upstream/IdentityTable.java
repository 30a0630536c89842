package dev.kiln.auth.upstream;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of who is who at the provider. */
final class IdentityTable {

  private final JdbcClient jdbc;

  IdentityTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Id of the account. */
  Optional<String> account(String issuer, String subject) {
    return jdbc.sql(
            """
            select account::text from upstream_identity
            where issuer = :issuer and subject = :subject
            """)
        .param("issuer", issuer)
        .param("subject", subject)
        .query(String.class)
        .optional();
  }

  /** False where the account is somebody else's there already. */
  boolean link(String issuer, String subject, String account) {
    return jdbc.sql(
                """
                insert into upstream_identity (issuer, subject, account)
                values (:issuer, :subject, :account) on conflict do nothing
                """)
            .param("issuer", issuer)
            .param("subject", subject)
            .param("account", UUID.fromString(account))
            .update()
        == 1;
  }
}
