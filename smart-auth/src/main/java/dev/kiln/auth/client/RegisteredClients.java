package dev.kiln.auth.client;

import dev.kiln.auth.client.Clients.Client;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.client.Clients.Registration;
import java.time.Duration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * The clients in the library's form. Its own tables would join scopes by commas, which granular
 * scopes contain. One that has been disabled is not found at all.
 */
public final class RegisteredClients implements RegisteredClientRepository {

  private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);

  private final ClientTable table;

  RegisteredClients(ClientTable table) {
    this.table = table;
  }

  /** Only the library would call it, to store a secret that it hashed anew; ours are final. */
  @Override
  public void save(RegisteredClient client) {
    throw new UnsupportedOperationException("Clients are registered by Clients");
  }

  @Override
  public RegisteredClient findById(String id) {
    return findByClientId(id);
  }

  @Override
  public RegisteredClient findByClientId(String clientId) {
    return table
        .find(clientId)
        .filter(kept -> kept.client().isEnabled())
        .map(kept -> registered(kept.client(), kept.secretHash()))
        .orElse(null);
  }

  /** Whether it may ask about the tokens of others. */
  public boolean mayIntrospect(String clientId) {
    return table
        .find(clientId)
        .map(ClientTable.Kept::client)
        .filter(Client::isEnabled)
        .filter(client -> client.registration().mayIntrospect())
        .filter(client -> client.registration().kind() != Kind.PUBLIC)
        .isPresent();
  }

  private static RegisteredClient registered(Client client, String secretHash) {
    Registration registration = client.registration();
    RegisteredClient.Builder builder =
        RegisteredClient.withId(client.clientId())
            .clientId(client.clientId())
            .clientName(registration.name())
            .clientIdIssuedAt(client.registered())
            .redirectUris(uris -> uris.addAll(registration.redirectUris()))
            .scopes(scopes -> scopes.addAll(registration.scopes()))
            .tokenSettings(
                TokenSettings.builder()
                    .authorizationCodeTimeToLive(CODE_LIFETIME)
                    .reuseRefreshTokens(false)
                    .build());
    // A client that only introspects has no grant type of use; the library demands one.
    builder.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS);
    if (!registration.redirectUris().isEmpty()) {
      builder
          .authorizationGrantTypes(types -> types.clear())
          .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
          .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN);
    }
    ClientSettings.Builder settings =
        ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(true);
    switch (registration.kind()) {
      case PUBLIC -> builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
      case CONFIDENTIAL_SYMMETRIC ->
          builder
              .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
              .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
              .clientSecret(secretHash);
      case CONFIDENTIAL_ASYMMETRIC -> {
        builder.clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        // Tells the library that it is a signature and not a keyed hash; which algorithm it is,
        // the decoder of assertions decides.
        settings.tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.RS384);
      }
    }
    return builder.clientSettings(settings.build()).build();
  }
}
