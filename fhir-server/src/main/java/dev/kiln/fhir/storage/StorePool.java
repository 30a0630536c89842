package dev.kiln.fhir.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.fhir.CannotStart;
import dev.kiln.fhir.CannotStart.Cause;
import dev.kiln.fhir.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The store's own connections. The inbox has a pool of its own, so that a busy store cannot stop an
 * acknowledgement.
 */
public final class StorePool {

  private static final int OLDEST_MAJOR = 15;

  /** "KILN" in ASCII. */
  private static final long CLAIM = 0x4b494c4eL;

  /** SQLSTATE 28000 and 28P01: the server answers and refuses role or password. */
  private static final String LOGIN_REFUSED = "28";

  private StorePool() {}

  /**
   * Opens the pool after a look at the database: its version, that commits are durable, and our
   * schema.
   *
   * @throws CannotStart when the database does not answer, refuses the login, is too old or does
   *     not sync to disk
   */
  public static HikariDataSource open(Database database, int size) {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      refuseOld(connection.getMetaData().getDatabaseMajorVersion());
      refuseForgetful(statement);
      statement.execute("create schema if not exists " + FhirSchema.NAME);
    } catch (SQLException e) {
      throw explained(database, e);
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setSchema(FhirSchema.NAME);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(10_000);
    // A role or database may have it off; what is answered to a client must be on the disk.
    config.setConnectionInitSql("set synchronous_commit = on");
    return new HikariDataSource(config);
  }

  /**
   * Takes the database for this process alone: two hubs would apply the same messages, each in its
   * own order.
   *
   * @return the connection that holds the claim until it is closed
   * @throws CannotStart when another hub has it, or as {@link #open} does
   */
  public static Connection claim(Database database) {
    try {
      Connection connection =
          DriverManager.getConnection(database.url(), database.user(), database.password());
      try (Statement statement = connection.createStatement();
          ResultSet taken = statement.executeQuery("select pg_try_advisory_lock(" + CLAIM + ")")) {
        taken.next();
        if (!taken.getBoolean(1)) {
          connection.close();
          throw new CannotStart(
              Cause.DATA_REFUSED,
              "The database at " + database.url() + " is in use by another Kiln.",
              "Stop that one first, or give this one a database of its own.");
        }
      }
      return connection;
    } catch (SQLException e) {
      throw explained(database, e);
    }
  }

  private static void refuseOld(int major) {
    if (major < OLDEST_MAJOR) {
      throw new CannotStart(
          Cause.DATA_REFUSED,
          "The database is PostgreSQL " + major + "; Kiln needs " + OLDEST_MAJOR + " or later.",
          "Upgrade it, or leave kiln.fhir.database.url unset to use the embedded one.");
    }
  }

  /**
   * An acknowledged message must survive a power cut, so a database that does not sync is no place
   * for it.
   */
  private static void refuseForgetful(Statement statement) throws SQLException {
    for (Map.Entry<String, String> setting :
        Map.of("fsync", "on", "full_page_writes", "on").entrySet()) {
      try (ResultSet shown = statement.executeQuery("show " + setting.getKey())) {
        shown.next();
        if (!setting.getValue().equals(shown.getString(1))) {
          throw new CannotStart(
              Cause.DATA_REFUSED,
              "The database runs with "
                  + setting.getKey()
                  + " "
                  + shown.getString(1)
                  + ", so it can lose committed data.",
              "Set " + setting.getKey() + " = on in postgresql.conf and restart PostgreSQL.");
        }
      }
    }
  }

  private static CannotStart explained(Database database, SQLException e) {
    if (e.getSQLState() != null && e.getSQLState().startsWith(LOGIN_REFUSED)) {
      return new CannotStart(
          Cause.DATABASE_LOGIN,
          "PostgreSQL at " + database.url() + " refuses the login of " + database.user() + ".",
          "Check kiln.fhir.database.username and the password in kiln.fhir.database.password-file.");
    }
    return new CannotStart(
        Cause.DATABASE_DOWN,
        "PostgreSQL at " + database.url() + " does not answer (SQLSTATE " + e.getSQLState() + ").",
        "Start it, or check kiln.fhir.database.url.");
  }
}
