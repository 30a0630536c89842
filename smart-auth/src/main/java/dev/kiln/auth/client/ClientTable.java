package dev.kiln.auth.client;

import dev.kiln.auth.client.Clients.Client;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.client.Clients.Registration;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.scope.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The clients as they are kept. */
final class ClientTable {

  private final AuthDatabase database;

  /**
   * A client and what proves it.
   *
   * @param secretHash null for kinds without a secret
   */
  record Kept(Client client, String secretHash) {}

  ClientTable(AuthDatabase database) {
    this.database = database;
  }

  /** Leaves the secret of a client that is there already as it is. */
  void put(String clientId, Registration registration, String secretHash) {
    database
        .jdbc()
        .sql(
            """
            insert into client (client_id, name, kind, is_backend, secret_hash, jwks, jwks_url,
              redirect_uris, launch_url, scopes, may_introspect)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (client_id) do update set name = excluded.name, kind = excluded.kind,
              is_backend = excluded.is_backend, jwks = excluded.jwks,
              secret_hash = excluded.secret_hash,
              jwks_url = excluded.jwks_url, redirect_uris = excluded.redirect_uris,
              launch_url = excluded.launch_url, scopes = excluded.scopes,
              may_introspect = excluded.may_introspect\
            """)
        .param(clientId)
        .param(registration.name())
        .param(registration.kind().name())
        .param(registration.isBackend())
        .param(secretHash)
        .param(registration.jwks())
        .param(registration.jwksUrl())
        .param(String.join(" ", registration.redirectUris()))
        .param(registration.launchUrl())
        .param(Scopes.join(registration.scopes()))
        .param(registration.mayIntrospect())
        .update();
  }

  /** False where there is no client of that id that has a secret. */
  boolean secret(String clientId, String hash) {
    return database
            .jdbc()
            .sql(
                """
                update client set secret_hash = ?
                where client_id = ? and secret_hash is not null\
                """)
            .param(hash)
            .param(clientId)
            .update()
        == 1;
  }

  Optional<Kept> find(String clientId) {
    return database
        .jdbc()
        .sql("select * from client where client_id = ?")
        .param(clientId)
        .query((row, number) -> kept(row))
        .optional();
  }

  List<Client> all() {
    return database
        .jdbc()
        .sql("select * from client order by name, client_id")
        .query((row, number) -> kept(row).client())
        .list();
  }

  void enable(String clientId) {
    database
        .jdbc()
        .sql("update client set is_enabled = true where client_id = ?")
        .param(clientId)
        .update();
  }

  /** In one transaction, so that no token outlives the permission. */
  void disable(String clientId) {
    database
        .transactions()
        .executeWithoutResult(
            transaction -> {
              for (String statement :
                  List.of(
                      "update client set is_enabled = false where client_id = ?",
                      "update app_authorization set revoked = now()"
                          + " where client_id = ? and revoked is null",
                      "delete from launch where client_id = ?",
                      "delete from access_token where client_id = ?")) {
                database.jdbc().sql(statement).param(clientId).update();
              }
            });
  }

  void remove(String clientId) {
    database.jdbc().sql("delete from client where client_id = ?").param(clientId).update();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    Registration registration =
        new Registration(
            row.getString("name"),
            Kind.valueOf(row.getString("kind")),
            row.getBoolean("is_backend"),
            List.copyOf(Scopes.split(row.getString("redirect_uris"))),
            row.getString("launch_url"),
            List.copyOf(Scopes.split(row.getString("scopes"))),
            row.getString("jwks"),
            row.getString("jwks_url"),
            row.getBoolean("may_introspect"));
    Client client =
        new Client(
            row.getString("client_id"),
            registration,
            row.getBoolean("is_enabled"),
            row.getTimestamp("registered").toInstant());
    return new Kept(client, row.getString("secret_hash"));
  }
}
