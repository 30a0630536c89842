package dev.kiln.auth.secondfactor;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of second factors and recovery codes. */
final class SecondFactorTable {

  private final JdbcClient jdbc;

  SecondFactorTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<byte[]> secret(String account) {
    return jdbc.sql(
            "select secret from second_factor where account = :account and secret is not null")
        .param("account", UUID.fromString(account))
        .query(byte[].class)
        .optional();
  }

  Optional<byte[]> next(String account) {
    return jdbc.sql(
            """
            select next_secret from second_factor
            where account = :account and next_secret is not null
            """)
        .param("account", UUID.fromString(account))
        .query(byte[].class)
        .optional();
  }

  void propose(String account, byte[] secret) {
    jdbc.sql(
            """
            insert into second_factor (account, next_secret) values (:account, :secret)
            on conflict (account) do update set next_secret = excluded.next_secret
            """)
        .param("account", UUID.fromString(account))
        .param("secret", secret)
        .update();
  }

  /** False where nothing waits any more. */
  boolean accept(String account, long step) {
    return jdbc.sql(
                """
                update second_factor set secret = next_secret, next_secret = null, last_step = :step
                where account = :account and next_secret is not null
                """)
            .param("account", UUID.fromString(account))
            .param("step", step)
            .update()
        == 1;
  }

  /** False where a code of that step or a later one has been used; of two at once, one is. */
  boolean use(String account, long step) {
    return jdbc.sql(
                """
                update second_factor set last_step = :step
                where account = :account and last_step < :step
                """)
            .param("account", UUID.fromString(account))
            .param("step", step)
            .update()
        == 1;
  }

  boolean useRecoveryCode(String account, byte[] digest) {
    return jdbc.sql("delete from recovery_code where account = :account and digest = :digest")
            .param("account", UUID.fromString(account))
            .param("digest", digest)
            .update()
        == 1;
  }

  void replaceRecoveryCodes(String account, List<byte[]> digests) {
    jdbc.sql(
            """
            with former as (delete from recovery_code where account = :account)
            insert into recovery_code (account, digest)
            select :account, digest from unnest(:digests) as fresh (digest)
            """)
        .param("account", UUID.fromString(account))
        .param("digests", digests.toArray(byte[][]::new))
        .update();
  }

  int recoveryCodes(String account) {
    return jdbc.sql("select count(*) from recovery_code where account = :account")
        .param("account", UUID.fromString(account))
        .query(Integer.class)
        .single();
  }

  void remove(String account) {
    jdbc.sql(
            """
            with codes as (delete from recovery_code where account = :account)
            delete from second_factor where account = :account
            """)
        .param("account", UUID.fromString(account))
        .update();
  }
}
