package dev.kiln.auth.sessionstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.AuthSettings;
import dev.kiln.testing.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/** Sessions as they come out of the database. */
class SessionConfigurationTest {

  /** PostgreSQL turns to hash joins by itself as soon as it has counted enough attributes. */
  private static DataSource hashing(DataSource database) {
    return new DelegatingDataSource(database) {
      @Override
      public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try (Statement statement = connection.createStatement()) {
          statement.execute("set enable_nestloop = off; set enable_mergejoin = off");
        }
        return connection;
      }
    };
  }

  @Test
  void findsWholeSessionsWhateverTheOrderOfTheirAttributes() {
    try (var database = Server.get().empty()) {
      var settings = Server.get().bean(AuthSettings.class);
      FindByIndexNameSessionRepository<?> sessions =
          new SessionConfiguration().sessionRepository(hashing(database), settings);
      fill(sessions, 40);

      assertThat(sessions.findByPrincipalName("somebody").values())
          .hasSize(40)
          .allSatisfy(
              session ->
                  assertThat(session.getAttributeNames())
                      .contains("step 0", "step 1", "step 2", "step 3"));
    }
  }

  /** Step after step in all sessions, so that no session's attributes lie side by side. */
  private static <S extends Session> void fill(
      FindByIndexNameSessionRepository<S> repository, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      S session = repository.createSession();
      session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "somebody");
      repository.save(session);
      ids.add(session.getId());
    }
    for (int step = 0; step < 4; step++) {
      for (String id : ids) {
        S session = repository.findById(id);
        session.setAttribute("step " + step, step);
        repository.save(session);
      }
    }
  }
}
