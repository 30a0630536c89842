package dev.kiln.auth.directory;

import dev.kiln.auth.Account;
import dev.kiln.auth.directory.Entry.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of accounts, as the directory asks them. */
final class DirectoryTable {

  /** An account that signs in with the organisation's provider needs no password. */
  private static final String SELECT =
      """
      select a.*, a.password_hash is null and not exists
               (select from upstream_identity u where u.account = a.id) as is_bare,
             exists (select from second_factor f where f.account = a.id) as has_factor
      from account a
      """;

  private final JdbcClient jdbc;

  DirectoryTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * In the order of their names; an account that must wait is told as an active one.
   *
   * @param name part of the name, login name or e-mail address; null for any
   * @param role null for any
   * @param states one of which they have
   * @param after id of the one before the first; null for the first of all
   */
  List<Entry> find(String name, String role, Set<State> states, UUID after, int most) {
    return jdbc.sql(
            """
            select * from (%s) e
            where (:name::text is null or lower(concat_ws(' ', e.name, e.login, e.email)) like :name)
              and (:role::text is null or :role = any (string_to_array(e.roles, ' ')))
              and case when e.closed is not null then :closed when e.is_bare then :invited
                       else :active end
              and (:after::uuid is null or (lower(e.name), e.id) >
                     (select lower(last.name), last.id from account last where last.id = :after))
            order by lower(e.name), e.id limit :most
            """
                .formatted(SELECT))
        .param("name", name == null ? null : "%" + escaped(name.toLowerCase(Locale.ROOT)) + "%")
        .param("role", role)
        .param("closed", states.contains(State.CLOSED))
        .param("invited", states.contains(State.INVITED))
        .param("active", states.contains(State.ACTIVE))
        .param("after", after)
        .param("most", most)
        .query(DirectoryTable::entry)
        .list();
  }

  private static String escaped(String text) {
    return text.replaceAll("[\\\\%_]", "\\\\$0");
  }

  List<Entry> byId(UUID id) {
    return jdbc.sql(SELECT + "where a.id = :id")
        .param("id", id)
        .query(DirectoryTable::entry)
        .list();
  }

  /** Ids of the open accounts with one of the roles, which stay as they are until the end. */
  Set<String> lock(Set<String> roles) {
    return Set.copyOf(
        jdbc.sql(
                """
                select id::text from account
                where closed is null and string_to_array(roles, ' ') && :roles::text[] order by id for update
                """)
            .param("roles", roles.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  void roles(UUID id, Set<String> roles) {
    jdbc.sql("update account set roles = :roles where id = :id and closed is null")
        .param("roles", String.join(" ", new TreeSet<>(roles)))
        .param("id", id)
        .update();
  }

  void endSessions(UUID id) {
    jdbc.sql("delete from session where principal_name = :name")
        .param("name", id.toString())
        .update();
  }

  /** In one statement, so that nobody is in without the code that was asked of them. */
  void removeSecondFactor(UUID id) {
    jdbc.sql(
            """
            with ended as (delete from session where principal_name = :name),
                 codes as (delete from recovery_code where account = :id)
            delete from second_factor where account = :id
            """)
        .param("name", id.toString())
        .param("id", id)
        .update();
  }

  private static Entry entry(ResultSet row, int number) throws SQLException {
    Instant closed = instant(row, "closed");
    return new Entry(
        new Account(
            row.getString("id"),
            row.getString("name"),
            row.getString("fhir_user"),
            new LinkedHashSet<>(List.of(row.getString("roles").split(" ")))),
        row.getString("login"),
        row.getString("email"),
        closed != null ? State.CLOSED : row.getBoolean("is_bare") ? State.INVITED : State.ACTIVE,
        row.getBoolean("password_must_change"),
        row.getBoolean("has_factor"),
        instant(row, "created"),
        instant(row, "last_sign_in"),
        closed);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
