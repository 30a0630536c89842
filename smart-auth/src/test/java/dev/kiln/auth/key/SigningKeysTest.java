package dev.kiln.auth.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.secret.SealingKey;
import dev.kiln.auth.secret.Secrets;
import dev.kiln.testing.Server;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two processes with one set of keys. */
class SigningKeysTest {

  private final AuthDatabase database = Server.get().bean(AuthDatabase.class);

  private final SealingKey seal = Server.get().bean(SealingKey.class);

  private List<String> kids() {
    return database
        .jdbc()
        .sql("select kid from signing_key order by created desc")
        .query(String.class)
        .list();
  }

  @Test
  void aSecondStartMakesNoSecondKey() {
    List<String> before = kids();
    SigningKeys other = new SigningKeys(database, seal);

    assertThat(kids()).isEqualTo(before);
    assertThat(before).contains(other.current().getKeyID());
  }

  @Test
  @DisplayName("a key that another process has made is found when its first token comes")
  void findsTheKeyOfAnotherProcess() throws InterruptedException {
    SigningKeys other = new SigningKeys(database, seal);
    other.current();
    Server.get().bean(SigningKeys.class).rotate();
    Thread.sleep(1100);

    assertThat(other.byId(kids().get(0))).isPresent();
    assertThat(other.byId("made-up")).isEmpty();
  }

  @Test
  void liesSealedInTheDatabase() {
    SigningKeys keys = new SigningKeys(database, seal);
    List<byte[]> kept =
        database.jdbc().sql("select jwk from signing_key").query(byte[].class).list();

    String secret = keys.current().getPrivateExponent().toString();
    assertThat(kept).isNotEmpty();
    assertThat(kept)
        .noneMatch(jwk -> new String(jwk, StandardCharsets.ISO_8859_1).contains(secret));
  }

  @Test
  void afterTheLossOfTheSealingKeyThereIsAFreshOne() {
    try (HikariDataSource empty = Server.get().empty()) {
      AuthDatabase fresh =
          new AuthDatabase(
              JdbcClient.create(empty),
              new TransactionTemplate(new DataSourceTransactionManager(empty)));
      String lost = new SigningKeys(fresh, seal).current().getKeyID();

      SigningKeys keys =
          new SigningKeys(
              fresh, SealingKey.of(Base64.getEncoder().encodeToString(Secrets.randomBytes())));

      assertThat(keys.current().getKeyID()).isNotEqualTo(lost);
      assertThat(keys.byId(lost)).isEmpty();
    }
  }
}
