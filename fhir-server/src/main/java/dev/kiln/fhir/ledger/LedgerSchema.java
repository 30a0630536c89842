package dev.kiln.fhir.ledger;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The ledger's tables in a PostgreSQL schema of their own, brought to this release by Flyway. */
public final class LedgerSchema {

  private static final String NAME = "ledger";

  private LedgerSchema() {}

  /**
   * Creates or migrates the tables.
   *
   * @throws org.flywaydb.core.api.FlywayException also where a newer Kiln has migrated them already
   */
  public static void migrate(DataSource database) {
    Flyway.configure()
        .dataSource(database)
        .schemas(NAME)
        .locations("classpath:dev/kiln/fhir/ledger")
        // Flyway would pass over a migration that it does not know; here it was made by a newer
        // Kiln.
        .ignoreMigrationPatterns("*:missing")
        .load()
        .migrate();
  }
}
