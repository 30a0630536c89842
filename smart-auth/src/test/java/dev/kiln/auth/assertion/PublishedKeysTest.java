package dev.kiln.auth.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.sun.net.httpserver.HttpServer;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Registration;
import dev.kiln.testing.Http;
import dev.kiln.testing.Keys;
import dev.kiln.testing.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A client that publishes its keys and changes them. */
class PublishedKeysTest {

  private final Server server = Server.get();
  private final AtomicReference<String> published = new AtomicReference<>(Keys.set(Keys.RSA));
  private HttpServer web;
  private String url;
  private String client;

  @BeforeEach
  void publish() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/jwks",
        exchange -> {
          byte[] keys = published.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    web.start();
    url = "http://localhost:" + web.getAddress().getPort() + "/jwks";
    client =
        server
            .bean(Clients.class)
            .register(Registration.backend("Registry", List.of("system/*.rs")).withKeysAt(url))
            .client()
            .clientId();
  }

  @AfterEach
  void end() {
    web.stop(0);
  }

  private int status(JWK key, URI jku) {
    JWSAlgorithm algorithm =
        key.getKeyType().getValue().equals("RSA") ? JWSAlgorithm.RS384 : JWSAlgorithm.ES384;
    String assertion =
        Keys.sign(
            Keys.header(algorithm, key.getKeyID()).jwkURL(jku).build(),
            Keys.claims(client).build(),
            key);
    return new Http()
        .post(
            server.address() + "/oauth2/token",
            Keys.form(assertion, "grant_type", "client_credentials", "scope", "system/Patient.r"))
        .status();
  }

  @Test
  @DisplayName(
      "asymmetric 296-316; pitfall 7: keys by address, of either algorithm, changed at once")
  void followsTheClientsKeys() {
    assertThat(status(Keys.RSA, null)).isEqualTo(200);
    assertThat(status(Keys.RSA, URI.create(url))).isEqualTo(200);
    assertThat(status(Keys.EC, null)).isEqualTo(401);

    published.set(Keys.set(Keys.EC));

    assertThat(status(Keys.EC, null)).isEqualTo(200);
    assertThat(status(Keys.RSA, null)).as("withdrawn").isEqualTo(401);
  }

  @Test
  @DisplayName("asymmetric 335-342: a jku that is not the registered one is invalid_client")
  void takesNoOtherAddress() {
    assertThat(status(Keys.RSA, URI.create(url + "/else"))).isEqualTo(401);
  }

  @Test
  @DisplayName("a client whose keys cannot be read is refused and nothing else happens")
  void refusesWhereKeysCannotBeRead() {
    web.stop(0);
    assertThat(status(Keys.RSA, null)).isEqualTo(401);
  }
}
