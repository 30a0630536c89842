package dev.kiln.fhir.ledger;

import dev.kiln.fhir.Application;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of applied messages and of tellings. Inside of a transaction of the store, its writes
 * are part of it.
 */
public final class Ledger {

  private final JdbcClient jdbc;

  public Ledger(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What came of a message that has been applied.
   *
   * @param written versions that came into being, for example {@code Patient/1/_history/2}
   * @param outcome as the caller gave it
   */
  public record Applied(List<String> written, String outcome) {}

  /** What came of a message's run, where it has been applied. */
  public Optional<Applied> applied(UUID message, int run) {
    return jdbc.sql(
            "select written, outcome from ledger.applied where message_id = :message and run = :run")
        .param("message", message)
        .param("run", run)
        .query((row, number) -> applied(row))
        .optional();
  }

  /** What each source last said: by resource, by source. */
  public Map<String, Map<String, String>> tellings(Collection<String> resources) {
    Map<String, Map<String, String>> tellings = new HashMap<>();
    if (!resources.isEmpty()) {
      jdbc.sql("select resource, source, content from ledger.telling where resource = any (:these)")
          .param("these", resources.toArray(String[]::new))
          .query(
              (RowCallbackHandler)
                  row ->
                      tellings
                          .computeIfAbsent(row.getString(1), resource -> new HashMap<>())
                          .put(row.getString(2), row.getString(3)));
    }
    return tellings;
  }

  /**
   * False where another worker has applied the same run, or has told of a resource that was to be
   * the first telling: laid over nothing, this one would overwrite it.
   */
  boolean record(Application application) {
    if (!tellings(application.created()).isEmpty()) {
      return false;
    }
    int rows =
        jdbc.sql(
                """
                insert into ledger.applied (message_id, run, written, outcome)
                values (:message, :run, :written, :outcome) on conflict do nothing
                """)
            .param("message", application.message())
            .param("run", application.run())
            .param("written", application.written().toArray(String[]::new))
            .param("outcome", application.outcome())
            .update();
    application
        .tellings()
        .forEach(
            (resource, bySource) ->
                bySource.forEach((source, content) -> tell(resource, source, content)));
    return rows == 1;
  }

  /** Forgets what all sources said of a resource. */
  void forget(String resource) {
    jdbc.sql("delete from ledger.telling where resource = :resource")
        .param("resource", resource)
        .update();
  }

  private void tell(String resource, String source, String content) {
    jdbc.sql(
            """
            insert into ledger.telling (resource, source, content) values (:resource, :source, :content)
            on conflict (resource, source) do update set content = excluded.content
            """)
        .param("resource", resource)
        .param("source", source)
        .param("content", content)
        .update();
  }

  private static Applied applied(ResultSet row) throws SQLException {
    return new Applied(
        List.of((String[]) row.getArray("written").getArray()), row.getString("outcome"));
  }
}
