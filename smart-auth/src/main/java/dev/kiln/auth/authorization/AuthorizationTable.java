package dev.kiln.auth.authorization;

import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.auth.secret.Secrets;
import dev.kiln.auth.token.ContextJson;
import dev.kiln.auth.token.Lifetimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests and what was granted, in columns of their own; codes and states by their hashes. */
public final class AuthorizationTable {

  private static final RowMapper<AppAuthorization> ROW =
      (row, number) ->
          new AppAuthorization(
              row.getObject("id", UUID.class),
              row.getString("client_id"),
              row.getString("account"),
              Scopes.split(row.getString("requested")),
              Scopes.split(row.getString("scopes")),
              row.getString("redirect_uri"),
              row.getString("app_state"),
              row.getString("code_challenge"),
              row.getString("nonce"),
              row.getBoolean("is_standalone"),
              ContextJson.read(row.getString("context")),
              row.getString("session"),
              row.getBytes("family_secret"),
              new AppAuthorization.Code(
                  instant(row, "code_issued"),
                  instant(row, "code_expires"),
                  row.getBoolean("is_code_used")),
              row.getTimestamp("revoked") != null);

  private final AuthDatabase database;

  AuthorizationTable(AuthDatabase database) {
    this.database = database;
  }

  void insert(AppAuthorization request, String state) {
    sql("""
            insert into app_authorization (id, client_id, account, requested, redirect_uri,
              app_state, code_challenge, nonce, is_standalone, context, session, family_secret,
              state_hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)
        .param(request.id())
        .param(request.clientId())
        .param(request.account())
        .param(Scopes.join(request.requested()))
        .param(request.redirectUri())
        .param(request.appState())
        .param(request.codeChallenge())
        .param(request.nonce())
        .param(request.isStandalone())
        .param(ContextJson.write(request.context()))
        .param(request.session())
        .param(request.familySecret())
        .param(Secrets.hash(state))
        .update();
  }

  public Optional<AppAuthorization> byId(UUID id) {
    return sql("select * from app_authorization where id = ?").param(id).query(ROW).optional();
  }

  /** Of an account, those that wait for its decision too. */
  List<AppAuthorization> unrevoked(String account) {
    return sql("select * from app_authorization where account = ? and revoked is null")
        .param(account)
        .query(ROW)
        .list();
  }

  /** A request that nobody has decided for too long is none any more. */
  Optional<AppAuthorization> byState(String state) {
    return sql("""
            select * from app_authorization
            where state_hash = ? and created > now() - ?::interval\
            """)
        .param(Secrets.hash(state))
        .param(Lifetimes.DECISION.toString())
        .query(ROW)
        .optional();
  }

  Optional<AppAuthorization> byCode(String code) {
    return sql("select * from app_authorization where code_hash = ?")
        .param(Secrets.hash(code))
        .query(ROW)
        .optional();
  }

  void request(UUID id, Set<String> scopes) {
    sql("update app_authorization set requested = ? where id = ? and state_hash is not null")
        .param(Scopes.join(scopes))
        .param(id)
        .update();
  }

  void context(UUID id, Map<String, Object> context) {
    sql("update app_authorization set context = ? where id = ? and state_hash is not null")
        .param(ContextJson.write(context))
        .param(id)
        .update();
  }

  /**
   * @return false where it was granted or refused before, by another click on the same page
   */
  boolean grant(UUID id, Set<String> scopes, String code, Instant issued, Instant expires) {
    return sql("""
                update app_authorization set scopes = ?, code_hash = ?, code_issued = ?,
                  code_expires = ?, state_hash = null, last_used = now()
                where id = ? and state_hash is not null\
                """)
            .param(Scopes.join(scopes))
            .param(Secrets.hash(code))
            .param(Timestamp.from(issued))
            .param(Timestamp.from(expires))
            .param(id)
            .update()
        == 1;
  }

  /**
   * @return false where somebody else has used it, or it was revoked meanwhile
   */
  boolean useCode(UUID id) {
    return sql("""
                update app_authorization set is_code_used = true
                where id = ? and not is_code_used and revoked is null\
                """)
            .param(id)
            .update()
        == 1;
  }

  public void touch(UUID id) {
    sql("update app_authorization set last_used = now() where id = ?").param(id).update();
  }

  void remove(UUID id) {
    sql("delete from app_authorization where id = ?").param(id).update();
  }

  /** Ends the whole family: access tokens at once, refresh tokens for ever. */
  public void revoke(UUID id) {
    database
        .transactions()
        .executeWithoutResult(
            transaction -> {
              sql("update app_authorization set revoked = now() where id = ? and revoked is null")
                  .param(id)
                  .update();
              sql("delete from access_token where authorization_id = ?").param(id).update();
            });
  }

  private JdbcClient.StatementSpec sql(String statement) {
    return database.jdbc().sql(statement);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
