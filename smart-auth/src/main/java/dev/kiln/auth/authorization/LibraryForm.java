package dev.kiln.auth.authorization;

import dev.kiln.auth.client.RegisteredClients;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/** An authorization as the library wants to see it. */
final class LibraryForm {

  private final RegisteredClients clients;
  private final String authorizationUri;

  LibraryForm(RegisteredClients clients, String authorizationUri) {
    this.clients = clients;
    this.authorizationUri = authorizationUri;
  }

  /**
   * Empty where the client is gone or disabled.
   *
   * @param code the code as the client sent it; not looked at where none was issued
   */
  Optional<OAuth2Authorization> of(AppAuthorization authorization, String code) {
    return Optional.ofNullable(clients.findByClientId(authorization.clientId()))
        .map(client -> form(authorization, client, code));
  }

  Optional<OAuth2Authorization> of(AppAuthorization authorization) {
    return of(authorization, null);
  }

  private OAuth2Authorization form(
      AppAuthorization authorization, RegisteredClient client, String code) {
    OAuth2Authorization.Builder builder =
        OAuth2Authorization.withRegisteredClient(client)
            .id(authorization.id().toString())
            .principalName(authorization.account())
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .authorizedScopes(authorization.scopes())
            .attribute(
                Principal.class.getName(),
                UsernamePasswordAuthenticationToken.authenticated(
                    authorization.account(), null, List.of()))
            .attribute(OAuth2AuthorizationRequest.class.getName(), request(authorization));
    if (authorization.code().issued() != null && code != null) {
      code(builder, authorization, code);
    }
    return builder.build();
  }

  private static void code(
      OAuth2Authorization.Builder builder, AppAuthorization authorization, String value) {
    AppAuthorization.Code code = authorization.code();
    builder.token(
        new OAuth2AuthorizationCode(value, code.issued(), code.expires()),
        metadata ->
            metadata.put(OAuth2Authorization.Token.INVALIDATED_METADATA_NAME, code.isUsed()));
    if (code.isUsed()) {
      // The library invalidates the token of a code that comes twice, if it sees one; the real
      // ones are known by their hashes only.
      builder.accessToken(
          new OAuth2AccessToken(
              OAuth2AccessToken.TokenType.BEARER,
              authorization.id().toString(),
              code.issued(),
              code.expires()));
    }
  }

  private OAuth2AuthorizationRequest request(AppAuthorization authorization) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("code_challenge", authorization.codeChallenge());
    parameters.put("code_challenge_method", "S256");
    if (authorization.nonce() != null) {
      parameters.put("nonce", authorization.nonce());
    }
    return OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri(authorizationUri)
        .clientId(authorization.clientId())
        .redirectUri(authorization.redirectUri())
        .scopes(authorization.requested())
        .state(authorization.appState())
        .additionalParameters(parameters)
        .build();
  }
}
