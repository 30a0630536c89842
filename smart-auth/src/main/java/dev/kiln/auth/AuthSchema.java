package dev.kiln.auth;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Accounts, clients and tokens in a PostgreSQL schema of their own, kept up to date by Flyway. */
public final class AuthSchema {

  /** The PostgreSQL schema; connections of this module have it as their search path. */
  public static final String NAME = "auth";

  private AuthSchema() {}

  /**
   * Creates or migrates the tables.
   *
   * @throws org.flywaydb.core.api.FlywayException also where a newer Kiln has migrated them already
   */
  public static void migrate(DataSource database) {
    Flyway.configure()
        .dataSource(database)
        .schemas(NAME)
        .locations("classpath:dev/kiln/auth")
        // Flyway would pass over a migration that it does not know; here it was made by a newer
        // Kiln.
        .ignoreMigrationPatterns("*:missing")
        .load()
        .migrate();
  }
}
