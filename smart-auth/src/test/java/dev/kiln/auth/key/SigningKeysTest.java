package dev.kiln.auth.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.testing.Server;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two processes with one set of keys. */
class SigningKeysTest {

  private final AuthDatabase database = Server.get().bean(AuthDatabase.class);

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
    SigningKeys other = new SigningKeys(database);

    assertThat(kids()).isEqualTo(before);
    assertThat(before).contains(other.current().getKeyID());
  }

  @Test
  @DisplayName("a key that another process has made is found when its first token comes")
  void findsTheKeyOfAnotherProcess() throws InterruptedException {
    SigningKeys other = new SigningKeys(database);
    other.current();
    Server.get().bean(SigningKeys.class).rotate();
    Thread.sleep(1100);

    assertThat(other.byId(kids().get(0))).isPresent();
    assertThat(other.byId("made-up")).isEmpty();
  }
}
