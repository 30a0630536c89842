package dev.kiln.auth.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.client.OwnApps;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.scope.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The living access tokens. Each has a row of its own, so that a refresh leaves the former one
 * alive, which calls on their way still carry; and a row that is deleted ends its token at once.
 */
public final class AccessTokenTable implements AccessTokens {

  private final AuthDatabase database;
  private final TokenSignatures signatures;
  private final Accounts accounts;
  private final OwnApps ownApps;

  AccessTokenTable(
      AuthDatabase database, TokenSignatures signatures, Accounts accounts, OwnApps ownApps) {
    this.database = database;
    this.signatures = signatures;
    this.accounts = accounts;
    this.ownApps = ownApps;
  }

  @Override
  public Optional<Grant> grant(String token) {
    return live(token).map(AccessTokenTable::grant);
  }

  /**
   * The token as it is worth at this moment. The signature is checked first, so that garbage costs
   * no query.
   */
  public Optional<AccessToken> live(String token) {
    return signatures
        .verified(token)
        .flatMap(AccessTokenTable::jti)
        .flatMap(this::byJti)
        .flatMap(this::asOfNow);
  }

  /**
   * An account may have been closed since, or have lost a role. It is looked at with each use, so
   * that whoever changes accounts need not know of tokens, and none is forgotten.
   */
  private Optional<AccessToken> asOfNow(AccessToken token) {
    return token.authorizationId() == null
        ? Optional.of(token)
        : accounts
            .byId(token.subject())
            .map(accounts::ceiling)
            .map(person -> token.within(ownApps.ceiling(token.clientId(), person)));
  }

  /** A refresh that is on its way while the family ends may insert a token after that. */
  private Optional<AccessToken> byJti(UUID jti) {
    return database
        .jdbc()
        .sql(
            """
            select * from access_token t where jti = ? and expires > now()
              and not exists (select from app_authorization a
                where a.id = t.authorization_id and a.revoked is not null)\
            """)
        .param(jti)
        .query((row, number) -> token(row))
        .optional();
  }

  public void insert(AccessToken token) {
    database
        .jdbc()
        .sql(
            """
            insert into access_token (jti, authorization_id, client_id, subject, fhir_user, scopes,
              context, issued, expires)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)
        .param(token.jti())
        .param(token.authorizationId())
        .param(token.clientId())
        .param(token.subject())
        .param(token.fhirUser())
        .param(Scopes.join(token.scopes()))
        .param(ContextJson.write(token.context()))
        .param(Timestamp.from(token.issued()))
        .param(Timestamp.from(token.expires()))
        .update();
  }

  public void end(UUID jti) {
    database.jdbc().sql("delete from access_token where jti = ?").param(jti).update();
  }

  private static Optional<UUID> jti(JWTClaimsSet claims) {
    try {
      return Optional.ofNullable(claims.getJWTID()).map(UUID::fromString);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Grant grant(AccessToken token) {
    Map<String, String> context = new HashMap<>();
    for (String name : Set.of("patient", "encounter")) {
      if (token.context().get(name) instanceof String id) {
        context.put(name, id);
      }
    }
    return new Grant(
        token.jti().toString(),
        token.clientId(),
        token.subject(),
        token.fhirUser(),
        Set.copyOf(Scopes.resources(token.scopes())),
        Scopes.rights(token.scopes()),
        Map.copyOf(context),
        token.expires());
  }

  private static AccessToken token(ResultSet row) throws SQLException {
    return new AccessToken(
        row.getObject("jti", UUID.class),
        row.getObject("authorization_id", UUID.class),
        row.getString("client_id"),
        row.getString("subject"),
        row.getString("fhir_user"),
        Scopes.split(row.getString("scopes")),
        ContextJson.read(row.getString("context")),
        row.getTimestamp("issued").toInstant(),
        row.getTimestamp("expires").toInstant());
  }
}
