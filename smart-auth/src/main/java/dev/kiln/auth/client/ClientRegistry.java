package dev.kiln.auth.client;

import dev.kiln.auth.secret.Secrets;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Registers clients, and knows from which web pages they call. */
final class ClientRegistry implements Clients, RegisteredOrigins {

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final ClientTable table;
  private final PasswordEncoder secrets;
  private final Set<String> ownApps;
  private volatile Origins origins;

  private record Origins(Set<String> known, Instant at) {}

  /**
   * @param ownApps ids of the clients that are a part of this server
   */
  ClientRegistry(ClientTable table, PasswordEncoder secrets, Set<String> ownApps) {
    this.table = table;
    this.secrets = secrets;
    this.ownApps = Set.copyOf(ownApps);
  }

  @Override
  public Registered register(Registration registration) {
    return register(UUID.randomUUID().toString(), registration);
  }

  @Override
  public Registered register(String clientId, Registration registration) {
    check(clientId, registration);
    String secret = null;
    String hash = null;
    if (registration.kind() == Kind.CONFIDENTIAL_SYMMETRIC) {
      hash = table.find(clientId).map(ClientTable.Kept::secretHash).orElse(null);
      if (hash == null) {
        secret = Secrets.random();
        hash = secrets.encode(secret);
      }
    }
    table.put(clientId, registration, hash);
    origins = null;
    return new Registered(find(clientId).orElseThrow(), secret);
  }

  @Override
  public void check(String clientId, Registration registration) {
    RegistrationRules.check(registration);
    if (!ownApps.contains(clientId)) {
      RegistrationRules.checkForeign(registration);
    }
  }

  @Override
  public String newSecret(String clientId) {
    String secret = Secrets.random();
    if (!table.secret(clientId, secrets.encode(secret))) {
      throw new IllegalArgumentException("Only a client with a secret gets a new one");
    }
    return secret;
  }

  @Override
  public List<Client> list() {
    return table.all();
  }

  @Override
  public Optional<Client> find(String clientId) {
    return table.find(clientId).map(ClientTable.Kept::client);
  }

  @Override
  public void disable(String clientId) {
    table.disable(clientId);
    origins = null;
  }

  @Override
  public void enable(String clientId) {
    table.enable(clientId);
    origins = null;
  }

  @Override
  public void remove(String clientId) {
    table.remove(clientId);
    origins = null;
  }

  /** Asked for every request of a browser, so that the answer is kept for some seconds. */
  @Override
  public boolean contains(String origin) {
    Origins known = origins;
    if (known == null || known.at().isBefore(Instant.now().minus(FRESH))) {
      known = new Origins(registered(), Instant.now());
      origins = known;
    }
    return known.known().contains(origin);
  }

  private Set<String> registered() {
    Set<String> all = new HashSet<>();
    for (Client client : table.all()) {
      if (client.isEnabled()) {
        client.registration().redirectUris().forEach(uri -> add(uri, all));
        if (client.registration().launchUrl() != null) {
          add(client.registration().launchUrl(), all);
        }
      }
    }
    return all;
  }

  /** Schemes of phone apps have no origin; no browser sends one. */
  private static void add(String address, Set<String> all) {
    URI uri = URI.create(address);
    if ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) {
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      all.add(uri.getScheme() + "://" + uri.getHost() + port);
    }
  }
}
