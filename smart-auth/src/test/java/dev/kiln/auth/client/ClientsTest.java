package dev.kiln.auth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.auth.client.Clients.Client;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.auth.client.Clients.Registered;
import dev.kiln.auth.client.Clients.Registration;
import dev.kiln.testing.Keys;
import dev.kiln.testing.Server;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry of apps and services. */
class ClientsTest {

  private static final List<String> REDIRECT = List.of("https://one.example.org/back");

  private final Clients clients = Server.get().bean(Clients.class);

  private static Registration app(Kind kind, String... redirects) {
    return Registration.app("App", kind, List.of(redirects), List.of("openid", "patient/*.rs"));
  }

  private void isRefused(Registration registration) {
    assertThatThrownBy(() -> clients.register(registration))
        .as(registration.toString())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsASecretOnceAndOnlyToWhomItIsOf() {
    Registered symmetric =
        clients.register(app(Kind.CONFIDENTIAL_SYMMETRIC, "https://one.example.org/back"));
    assertThat(symmetric.secret()).hasSizeGreaterThan(40);
    assertThat(clients.register(app(Kind.PUBLIC, "https://one.example.org/back")).secret())
        .isNull();

    String id = symmetric.client().clientId();
    Registered again =
        clients.register(id, app(Kind.CONFIDENTIAL_SYMMETRIC, "https://two.example.org/back"));
    assertThat(again.secret()).isNull();
    assertThat(again.client().clientId()).isEqualTo(id);
    assertThat(again.client().registration().redirectUris())
        .containsExactly("https://two.example.org/back");
  }

  @Test
  void givesANewSecretOnlyToWhomHasOne() {
    Registered symmetric = clients.register(app(Kind.CONFIDENTIAL_SYMMETRIC, REDIRECT.get(0)));
    String id = symmetric.client().clientId();

    assertThat(clients.newSecret(id)).isNotEqualTo(symmetric.secret()).hasSizeGreaterThan(40);

    String without = clients.register(app(Kind.PUBLIC, REDIRECT.get(0))).client().clientId();
    for (String other : List.of(without, "nobody")) {
      assertThatThrownBy(() -> clients.newSecret(other))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"account.manage", "client.manage"})
  void onlyOwnAppsMayLookAfterAccountsAndClients(String scope) {
    Registration app = Registration.app("App", Kind.PUBLIC, REDIRECT, List.of("openid", scope));

    isRefused(app);
    assertThatThrownBy(() -> clients.register("passes-for-one", app)).hasMessageContaining(scope);
    clients.check(Server.OWN_APP, app);
  }

  @Test
  void keepsARegistrationAsItWas() {
    Registration registration =
        Registration.app(
                "Über, \"App\"",
                Kind.CONFIDENTIAL_ASYMMETRIC,
                List.of("https://one.example.org/back?a=b,c", "http://127.0.0.1/back"),
                List.of("launch", "patient/Observation.rs?category=a,b"))
            .withKeys(Keys.set(Keys.EC))
            .withLaunchUrl("https://one.example.org/launch");

    Client client = clients.register(registration).client();

    assertThat(client.registration()).isEqualTo(registration);
    assertThat(clients.list()).contains(client);
    clients.remove(client.clientId());
    assertThat(clients.find(client.clientId())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://one.example.org/back",
        "https://one.example.org/back#fragment",
        "/relative",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://user@one.example.org/",
        "not an address",
        "nodot:/back",
        "http:nowhere",
        "https:///nowhere",
        "http://a_b/back"
      })
  void refusesDangerousRedirects(String address) {
    isRefused(app(Kind.PUBLIC, address));
  }

  @Test
  @DisplayName("native apps: an own scheme and the loopback, public clients only")
  void takesRedirectsOfNativeApps() {
    assertThat(clients.register(app(Kind.PUBLIC, "org.example.app:/back"))).isNotNull();
    assertThat(clients.register(app(Kind.PUBLIC, "http://127.0.0.1/back"))).isNotNull();
    isRefused(app(Kind.CONFIDENTIAL_SYMMETRIC, "org.example.app:/back"));
  }

  @Test
  void refusesWhatContradictsItself() {
    isRefused(app(Kind.PUBLIC));
    isRefused(app(Kind.CONFIDENTIAL_ASYMMETRIC, REDIRECT.get(0)));
    isRefused(app(Kind.PUBLIC, REDIRECT.get(0)).withKeys(Keys.set(Keys.RSA)));
    isRefused(Registration.backend("Backend", List.of("system/*.rs")));
    Registration backend = Registration.backend("Backend", List.of("system/*.rs"));
    isRefused(backend.withKeys("no keys"));
    isRefused(backend.withKeys("{\"keys\":[]}"));
    isRefused(backend.withKeys("{\"keys\":[null]}"));
    isRefused(backend.withKeys("null"));
    isRefused(backend.withKeys("{\"keys\":[" + Keys.RSA.toJSONString() + "]}"));
    assertThatThrownBy(
            () -> clients.register(backend.withKeys(Keys.set(Keys.RSA).replace("kid", "x-kid"))))
        .hasMessageContaining("kid");
    isRefused(backend.withKeysAt("http://keys.example.org/jwks"));
    isRefused(
        Registration.backend("Backend", List.of("patient/*.rs")).withKeys(Keys.set(Keys.RSA)));
    isRefused(Registration.backend("Backend", List.of("openid")).withKeys(Keys.set(Keys.RSA)));
    isRefused(Registration.app("App", Kind.PUBLIC, REDIRECT, List.of("system/*.rs")));
    isRefused(Registration.app("App", Kind.PUBLIC, REDIRECT, List.of("made_up")));
    isRefused(Registration.app(" ", Kind.PUBLIC, REDIRECT, List.of("openid")));
  }

  @Test
  void knowsTheOriginsOfItsApps() {
    RegisteredOrigins origins = Server.get().bean(RegisteredOrigins.class);
    String id =
        clients
            .register(
                app(Kind.PUBLIC, "https://three.example.org:8443/back")
                    .withLaunchUrl("https://launch.example.org/start"))
            .client()
            .clientId();

    assertThat(origins.contains("https://three.example.org:8443")).isTrue();
    assertThat(origins.contains("https://launch.example.org")).isTrue();
    assertThat(origins.contains("https://three.example.org")).isFalse();
    assertThat(origins.contains("http://three.example.org:8443")).isFalse();
    assertThat(origins.contains("null")).isFalse();

    clients.disable(id);
    assertThat(origins.contains("https://three.example.org:8443")).isFalse();
  }
}
