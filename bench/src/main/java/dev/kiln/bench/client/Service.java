package dev.kiln.bench.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kiln.bench.hub.Api;
import dev.kiln.bench.hub.Form;
import dev.kiln.bench.key.Algorithm;
import dev.kiln.bench.key.SigningKey;
import dev.kiln.bench.load.Client;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.security.KeyPair;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A backend service (SMART Backend Services) that is registered at a hub, with a key of each
 * algorithm. It signs before it is measured: what a client spends is not the hub's.
 */
public final class Service {

  private static final String SCOPE = "system/Patient.rs";
  private static final Form WANTED = Form.of("grant_type", "client_credentials", "scope", SCOPE);

  private final Api hub;
  private final Map<Algorithm, SigningKey> keys = new EnumMap<>(Algorithm.class);
  private final String id;

  /** Registers it. */
  public Service(Api hub) throws IOException, InterruptedException {
    this.hub = hub;
    ObjectNode metadata =
        new ObjectMapper()
            .createObjectNode()
            .put("client_name", "Service of the bench")
            .put("scope", SCOPE)
            .put("token_endpoint_auth_method", "private_key_jwt");
    metadata.putArray("grant_types").add("client_credentials");
    ArrayNode published = metadata.putObject("jwks").putArray("keys");
    for (Algorithm algorithm : Algorithm.values()) {
      KeyPair pair = algorithm.newKeys();
      keys.put(algorithm, new SigningKey(algorithm, algorithm.name(), pair.getPrivate()));
      published.add(SigningKey.published(algorithm.name(), algorithm, pair));
    }
    this.id =
        hub.send("POST", "/operator/clients", "application/json", metadata.toString())
            .path("client_id")
            .asText();
  }

  /** So many clients that ask for so many access tokens in all. */
  public List<Client> tokens(Algorithm algorithm, int clients, int number) {
    Client all =
        new Prepared(signed("/oauth2/token", WANTED, algorithm, number), "\"access_token\"");
    return Collections.nCopies(clients, all);
  }

  /** So many clients that ask so many times in all whether a token is alive. */
  public List<Client> introspections(Algorithm algorithm, int clients, int number)
      throws IOException, InterruptedException {
    String token = hub.token(WANTED.with(assertion(algorithm))).path("access_token").asText();
    Client all =
        new Prepared(
            signed("/oauth2/introspect", Form.of("token", token), algorithm, number),
            "\"active\":true");
    return Collections.nCopies(clients, all);
  }

  private List<HttpRequest> signed(String path, Form form, Algorithm algorithm, int number) {
    return IntStream.range(0, number)
        .parallel()
        .mapToObj(i -> form.with(assertion(algorithm)).post(hub.request(path)).build())
        .toList();
  }

  private String assertion(Algorithm algorithm) {
    return keys.get(algorithm).assertion(id, hub.address("/oauth2/token"));
  }
}
