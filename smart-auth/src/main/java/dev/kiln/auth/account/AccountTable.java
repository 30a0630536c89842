package dev.kiln.auth.account;

import dev.kiln.auth.Account;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of accounts. */
final class AccountTable {

  private static final String SELECT =
      """
      select id, login, name, email, fhir_user, roles, language, password_hash, password_must_change
      from account where closed is null and
      """;

  private final JdbcClient jdbc;

  AccountTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A row, with what others than the account package need not know. */
  record Row(Account account, AccountBook.Details details, String hash) {}

  void insert(UUID id, NewAccount account) {
    jdbc.sql(
            """
            insert into account (id, login, login_key, name, email, fhir_user, roles, language)
            values (:id, :login, :key, :name, :email, :fhirUser, :roles, :language)
            """)
        .param("id", id)
        .param("login", account.login())
        .param("key", LoginName.key(account.login()))
        .param("name", account.name())
        .param("email", account.email())
        .param("fhirUser", account.fhirUser())
        .param("roles", String.join(" ", new TreeSet<>(account.roles())))
        .param("language", account.language())
        .update();
  }

  Optional<Row> byId(String id) {
    try {
      return one("id = :key", UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Optional<Row> byLogin(String login) {
    return one("login_key = :key", LoginName.key(login));
  }

  boolean isGiven(String login) {
    return jdbc.sql("select exists (select 1 from account where login_key = :key)")
        .param("key", LoginName.key(login))
        .query(Boolean.class)
        .single();
  }

  /** Families share an address; so there may be several. */
  List<Row> byEmail(String email) {
    return jdbc.sql(SELECT + "lower(email) = lower(:key)")
        .param("key", email)
        .query(AccountTable::row)
        .list();
  }

  boolean isEmpty() {
    return jdbc.sql("select not exists (select 1 from account)").query(Boolean.class).single();
  }

  /** A link that was sent for the former one is void with it. */
  void password(String id, String hash, boolean mustChange) {
    jdbc.sql(
            """
            with sent as (delete from mailed_link where account = :id)
            update account set password_hash = :hash, password_must_change = :mustChange
            where id = :id
            """)
        .param("hash", hash)
        .param("mustChange", mustChange)
        .param("id", UUID.fromString(id))
        .update();
  }

  /** In one statement, so that nothing of the former owner outlives the password. */
  void reset(String id, String hash) {
    jdbc.sql(
            """
            with ended as (delete from session where principal_name = :name),
                 sent as (delete from mailed_link where account = :id),
                 factor as (delete from second_factor where account = :id),
                 codes as (delete from recovery_code where account = :id)
            update account set password_hash = :hash, password_must_change = true where id = :id
            """)
        .param("name", id)
        .param("id", UUID.fromString(id))
        .param("hash", hash)
        .update();
  }

  void replacePassword(String id, String hash) {
    jdbc.sql(
            """
            with ended as (delete from session where principal_name = :name),
                 sent as (delete from mailed_link where account = :id)
            update account set password_hash = :hash, password_must_change = true where id = :id
            """)
        .param("name", id)
        .param("id", UUID.fromString(id))
        .param("hash", hash)
        .update();
  }

  void signedIn(String id) {
    jdbc.sql("update account set last_sign_in = now() where id = :id")
        .param("id", UUID.fromString(id))
        .update();
  }

  void language(String id, String language) {
    jdbc.sql("update account set language = :language where id = :id")
        .param("language", language)
        .param("id", UUID.fromString(id))
        .update();
  }

  /** In one statement, so that no session outlives the account. */
  void close(String id) {
    jdbc.sql(
            """
            with ended as (delete from session where principal_name = :name)
            update account set closed = now() where id = :id and closed is null
            """)
        .param("name", id)
        .param("id", UUID.fromString(id))
        .update();
  }

  private Optional<Row> one(String condition, Object key) {
    return jdbc.sql(SELECT + condition).param("key", key).query(AccountTable::row).optional();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    Set<String> roles = new LinkedHashSet<>(List.of(row.getString("roles").split(" ")));
    String hash = row.getString("password_hash");
    return new Row(
        new Account(row.getString("id"), row.getString("name"), row.getString("fhir_user"), roles),
        new AccountBook.Details(
            row.getString("login"),
            row.getString("email"),
            row.getString("language"),
            hash != null,
            row.getBoolean("password_must_change")),
        hash);
  }
}
