package dev.kiln.auth.mail;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of links that have been sent and not been used. */
final class LinkTable {

  private final JdbcClient jdbc;

  LinkTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(byte[] digest, String account, Purpose purpose, Duration life) {
    jdbc.sql(
            """
            with old as (delete from mailed_link where expires < now())
            insert into mailed_link (digest, account, purpose, expires)
            values (:digest, :account, :purpose, now() + :life * interval '1 second')
            """)
        .param("digest", digest)
        .param("account", UUID.fromString(account))
        .param("purpose", purpose.word())
        .param("life", life.toSeconds())
        .update();
  }

  /** Id of the account; empty where the link is unknown, used or over. */
  Optional<String> account(byte[] digest, Purpose purpose) {
    return jdbc.sql(
            """
            select account::text from mailed_link
            where digest = :digest and purpose = :purpose and expires > now()
            """)
        .param("digest", digest)
        .param("purpose", purpose.word())
        .query(String.class)
        .optional();
  }

  /** False where somebody else has just used it. All other links of the account are void too. */
  boolean use(byte[] digest, String account) {
    return jdbc.sql(
                """
                with used as (delete from mailed_link where digest = :digest returning account),
                     others as (delete from mailed_link where digest <> :digest
                                  and account in (select account from used))
                select count(*) from used where account = :account
                """)
            .param("digest", digest)
            .param("account", UUID.fromString(account))
            .query(Integer.class)
            .single()
        == 1;
  }
}
