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
    return jdbc.sql("select secret from second_factor where account = :account")
        .param("account", UUID.fromString(account))
        .query(byte[].class)
        .optional();
  }

  /** In the place of a former one. */
  void put(String account, byte[] secret, long step) {
    jdbc.sql(
            """
            insert into second_factor (account, secret, last_step)
            values (:account, :secret, :step)
            on conflict (account) do update
            set secret = excluded.secret, last_step = excluded.last_step
            """)
        .param("account", UUID.fromString(account))
        .param("secret", secret)
        .param("step", step)
        .update();
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
