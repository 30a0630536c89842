package dev.kiln.backup;

import dev.kiln.backup.BackupFile.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads from PostgreSQL's catalogue what there is to back up: Kiln's schemas, their tables, columns
 * and sequences.
 */
record Catalogue(Connection connection) {

  static final String[] SCHEMAS = {"fhir", "ledger", "inbox", "auth"};

  /** Newest successful migration of each schema. */
  Map<String, String> schemaVersions() throws SQLException {
    Map<String, String> versions = new LinkedHashMap<>();
    for (String schema : SCHEMAS) {
      versions.put(
          schema,
          one(
              "select \"version\" from %s.flyway_schema_history where \"success\" order by \"installed_rank\" desc limit 1"
                  .formatted(schema)));
    }
    return versions;
  }

  /** All tables with their columns. */
  List<Table> tables() throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (String name :
        many(
            "select schemaname || '.' || tablename from pg_tables where schemaname = any (?)"
                + " order by 1")) {
      tables.add(new Table(name, columns(name)));
    }
    return tables;
  }

  /** Statements that drop all foreign keys, each with the one that makes it again. */
  Map<String, String> foreignKeys() throws SQLException {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String table :
        many(
            "select distinct conrelid::regclass::text from pg_constraint k"
                + " join pg_namespace n on n.oid = k.connamespace"
                + " where contype = 'f' and nspname = any (?)")) {
      try (PreparedStatement query =
          connection.prepareStatement(
              "select quote_ident(conname), pg_get_constraintdef(oid) from pg_constraint"
                  + " where contype = 'f' and conrelid = ?::regclass")) {
        query.setString(1, table);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            String alter = "alter table " + table;
            keys.put(
                alter + " drop constraint " + rows.getString(1),
                alter + " add constraint " + rows.getString(1) + " " + rows.getString(2));
          }
        }
      }
    }
    return keys;
  }

  /** Sequence → the value that it will hand out next. */
  Map<String, Long> sequences() throws SQLException {
    Map<String, Long> next = new LinkedHashMap<>();
    for (String name :
        many(
            "select schemaname || '.' || sequencename from pg_sequences where schemaname = any (?) order by 1")) {
      next.put(
          name,
          Long.valueOf(
              one(
                  "select case when s.is_called then s.last_value + p.seqincrement else s.last_value end"
                      + " from "
                      + name
                      + " s, pg_sequence p where p.seqrelid = '"
                      + name
                      + "'::regclass")));
    }
    return next;
  }

  private List<String> columns(String table) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select attname from pg_attribute
            where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = ''
            order by attnum""")) {
      query.setString(1, table);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          names.add('"' + rows.getString(1) + '"');
        }
      }
    }
    return names;
  }

  private List<String> many(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setArray(1, connection.createArrayOf("text", SCHEMAS));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  private String one(String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? rows.getString(1) : "";
    }
  }
}
