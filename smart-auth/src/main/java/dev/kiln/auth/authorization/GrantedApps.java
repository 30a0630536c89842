package dev.kiln.auth.authorization;

import dev.kiln.auth.Account;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.scope.Scopes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The apps of an account, each once, however often it was let in. */
final class GrantedApps implements ConnectedApps {

  private final AuthDatabase database;
  private final AuthorizationTable table;

  GrantedApps(AuthDatabase database, AuthorizationTable table) {
    this.database = database;
    this.table = table;
  }

  private record Row(
      String clientId, String name, Set<String> scopes, Instant since, Instant lastUsed) {}

  @Override
  public List<App> of(Account account) {
    Map<String, List<Row>> byClient = new LinkedHashMap<>();
    living(account)
        .forEach(row -> byClient.computeIfAbsent(row.clientId(), id -> new ArrayList<>()).add(row));
    return byClient.values().stream().map(GrantedApps::app).toList();
  }

  /** Those with a token that is alive, or a refresh token that could bring one to life. */
  private List<Row> living(Account account) {
    return database
        .jdbc()
        .sql(
            """
            select a.client_id, c.name, a.scopes, a.created, a.last_used
            from app_authorization a join client c using (client_id)
            where a.account = ? and a.revoked is null and a.is_code_used
              and (exists (select from access_token t
                     where t.authorization_id = a.id and t.expires > now())
                or exists (select from refresh_token r
                     where r.authorization_id = a.id and r.used is null and r.expires > now()))
            order by c.name, a.client_id, a.created\
            """)
        .param(account.id())
        .query(
            (row, number) ->
                new Row(
                    row.getString("client_id"),
                    row.getString("name"),
                    Scopes.split(row.getString("scopes")),
                    row.getTimestamp("created").toInstant(),
                    row.getTimestamp("last_used").toInstant()))
        .list();
  }

  private static App app(List<Row> rows) {
    Set<String> scopes = new LinkedHashSet<>();
    rows.forEach(row -> scopes.addAll(row.scopes()));
    return new App(
        rows.get(0).clientId(),
        rows.get(0).name(),
        List.copyOf(scopes),
        rows.stream().map(Row::since).min(Instant::compareTo).orElseThrow(),
        rows.stream().map(Row::lastUsed).max(Instant::compareTo).orElseThrow(),
        scopes.contains("offline_access"));
  }

  @Override
  public void revoke(Account account, String clientId) {
    database
        .jdbc()
        .sql("select id from app_authorization where account = ? and client_id = ?")
        .param(account.id())
        .param(clientId)
        .query(UUID.class)
        .list()
        .forEach(table::revoke);
  }

  @Override
  public void revokeAll(Account account) {
    table.unrevoked(account.id()).forEach(one -> table.revoke(one.id()));
  }

  @Override
  public void revokeOnline(Account account) {
    table.unrevoked(account.id()).stream()
        .filter(one -> !one.scopes().contains("offline_access"))
        .forEach(one -> table.revoke(one.id()));
  }
}
