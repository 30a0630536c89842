package dev.kiln.auth.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.testing.App;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Server;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiredRowsTest {

  private final AuthDatabase database = Server.get().bean(AuthDatabase.class);

  private int count(String table, String client) {
    return database
        .jdbc()
        .sql(
            "select count(*) from app_authorization a"
                + (table.isEmpty() ? "" : " join " + table + " t on t.authorization_id = a.id")
                + " where a.client_id = ?")
        .param(client)
        .query(Integer.class)
        .single();
  }

  @Test
  void deletesWhatHasEndedAndNothingElse() {
    App living = App.of(Kind.PUBLIC);
    living.launch("drake", "openid offline_access user/*.rs");
    App ended = App.of(Kind.PUBLIC);
    Answer token = ended.launch("drake", "openid offline_access user/*.rs");
    assertThat(token.status()).isEqualTo(200);
    for (String statement :
        List.of(
            "update access_token set expires = now() - interval '1 second' where client_id = ?",
            """
            update refresh_token set expires = now() - interval '1 second'
            where authorization_id in (select id from app_authorization where client_id = ?)\
            """,
            "update app_authorization set created = now() - interval '2 days' where client_id = ?")) {
      database.jdbc().sql(statement).param(ended.clientId()).update();
    }

    Server.get().bean(ExpiredRows.class).sweep();

    for (String table : List.of("", "access_token", "refresh_token")) {
      assertThat(count(table, ended.clientId())).isZero();
      assertThat(count(table, living.clientId())).isEqualTo(1);
    }
  }
}
