package dev.kiln.auth.upstream;

import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.AuthSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.web.client.RestClient;

/**
 * The organisation's provider, as its discovery document describes it. The document is fetched each
 * time that somebody wants to sign in: so a provider that is down is noticed before the person is
 * sent there, and Kiln starts without it.
 */
final class Organisation implements ClientRegistrationRepository {

  static final String ID = "organisation";

  private final AuthSettings.Upstream settings;
  private final AuthAddresses addresses;
  private final RestClient http;

  Organisation(AuthSettings.Upstream settings, AuthAddresses addresses, RestClient http) {
    this.settings = settings;
    this.addresses = addresses;
    this.http = http;
  }

  /**
   * @throws org.springframework.web.client.RestClientException where it cannot be fetched
   * @throws IllegalArgumentException where it is another's or makes no sense
   * @throws IllegalStateException likewise
   */
  @Override
  public ClientRegistration findByRegistrationId(String id) {
    if (!ID.equals(id)) {
      return null;
    }
    Map<String, Object> document =
        http.get()
            .uri(settings.issuer() + "/.well-known/openid-configuration")
            .retrieve()
            .body(new ParameterizedTypeReference<>() {});
    // OpenID Connect Discovery, section 4.3: or anybody could speak in another's name.
    if (document == null || !settings.issuer().toString().equals(document.get("issuer"))) {
      throw new IllegalStateException("The discovery document is of another issuer");
    }
    return ClientRegistrations.fromOidcConfiguration(document)
        .registrationId(ID)
        .clientName(settings.name())
        .clientId(settings.clientId())
        .clientSecret(secret())
        .scope("openid", "profile")
        .redirectUri(addresses.issuer() + UpstreamChain.BACK + ID)
        .build();
  }

  private String secret() {
    try {
      return Files.readString(settings.clientSecretFile()).strip();
    } catch (IOException e) {
      throw new IllegalStateException("The file of the client secret cannot be read", e);
    }
  }
}
