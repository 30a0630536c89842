package dev.kiln;

import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.routes.InboxSchema;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The inbox's tables in a database of their own, where nobody but the test is at work. */
public final class InboxDatabase {

  private InboxDatabase() {}

  /**
   * @param name of the new database, on the server of the shared hub
   */
  public static HikariDataSource create(String name) throws SQLException {
    HikariDataSource hubs =
        (HikariDataSource) RunningHub.get().bean("inboxDataSource", DataSource.class);
    try (Connection connection = hubs.getConnection()) {
      connection.createStatement().execute("create database " + name);
    }
    HikariDataSource database = new HikariDataSource();
    database.setJdbcUrl(hubs.getJdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1"));
    database.setUsername(hubs.getUsername());
    database.setPassword(hubs.getPassword());
    database.setSchema(InboxSchema.NAME);
    InboxSchema.migrate(database);
    return database;
  }
}
