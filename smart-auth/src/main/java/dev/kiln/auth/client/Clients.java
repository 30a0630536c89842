package dev.kiln.auth.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The registry of apps and services. */
public interface Clients {

  /** How a client proves who it is (SMART App Launch 2.2, "App types"). */
  enum Kind {
    /** It cannot keep a secret: a page in a browser, an app on a phone. */
    PUBLIC,
    /** By a secret that both know. */
    CONFIDENTIAL_SYMMETRIC,
    /** By a signature; the server knows the public key only. */
    CONFIDENTIAL_ASYMMETRIC
  }

  /**
   * Registers under an id of the server's choice.
   *
   * @throws IllegalArgumentException with the reason where the registration contradicts itself or
   *     asks for what no client may have
   */
  Registered register(Registration registration);

  /**
   * Registers under a given id, or replaces what is registered under it; a secret stays the same.
   *
   * @throws IllegalArgumentException as above
   */
  Registered register(String clientId, Registration registration);

  /**
   * Whether it could be registered under that id.
   *
   * @throws IllegalArgumentException as above
   */
  void check(String clientId, Registration registration);

  /**
   * Gives it another secret; the former one is void at once.
   *
   * @return the secret, which is told this once and never again
   * @throws IllegalArgumentException where there is no client of that id that has a secret
   */
  String newSecret(String clientId);

  /** In the order of their names. */
  List<Client> list();

  Optional<Client> find(String clientId);

  /** Ends its tokens at once and refuses it until it is enabled again. */
  void disable(String clientId);

  void enable(String clientId);

  /** Forgets it and everything that was granted to it. */
  void remove(String clientId);

  /**
   * What is asked of the registry.
   *
   * @param isBackend whether it acts for itself (SMART Backend Services) and not for people
   * @param redirectUris where people are sent back to; empty for backend services
   * @param launchUrl where a record opens it; null where it is not opened from one
   * @param scopes the most that it may ask for; a wide one allows all that it contains
   * @param jwks its public keys as a JSON Web Key Set; null where they are at an address
   * @param jwksUrl address of its public keys; null where they are registered themselves
   * @param mayIntrospect whether it is a resource server that may ask about everybody's tokens
   */
  record Registration(
      String name,
      Kind kind,
      boolean isBackend,
      List<String> redirectUris,
      String launchUrl,
      List<String> scopes,
      String jwks,
      String jwksUrl,
      boolean mayIntrospect) {

    public Registration {
      redirectUris = List.copyOf(redirectUris);
      scopes = List.copyOf(scopes);
    }

    /** An app that people use. */
    public static Registration app(
        String name, Kind kind, List<String> redirectUris, List<String> scopes) {
      return new Registration(name, kind, false, redirectUris, null, scopes, null, null, false);
    }

    /** A service that acts for itself. */
    public static Registration backend(String name, List<String> scopes) {
      return new Registration(
          name, Kind.CONFIDENTIAL_ASYMMETRIC, true, List.of(), null, scopes, null, null, false);
    }

    public Registration withKeys(String keySet) {
      return new Registration(
          name, kind, isBackend, redirectUris, launchUrl, scopes, keySet, null, mayIntrospect);
    }

    public Registration withKeysAt(String url) {
      return new Registration(
          name, kind, isBackend, redirectUris, launchUrl, scopes, null, url, mayIntrospect);
    }

    public Registration withLaunchUrl(String url) {
      return new Registration(
          name, kind, isBackend, redirectUris, url, scopes, jwks, jwksUrl, mayIntrospect);
    }

    public Registration asResourceServer() {
      return new Registration(
          name, kind, isBackend, redirectUris, launchUrl, scopes, jwks, jwksUrl, true);
    }
  }

  /** What is wrong with a registration, in a sentence. */
  final class Wrong extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String component;

    Wrong(String component, String message) {
      super(message);
      this.component = component;
    }

    /** Which component of the registration it is. */
    public String component() {
      return component;
    }
  }

  /** A registered client. */
  record Client(
      String clientId, Registration registration, boolean isEnabled, Instant registered) {}

  /**
   * The outcome of a registration.
   *
   * @param secret told this once and never again; null for kinds without one, and where the client
   *     had one already
   */
  record Registered(Client client, String secret) {

    /** A secret that got into a log would have to be changed. */
    @Override
    public String toString() {
      return "Registered[" + client.clientId() + "]";
    }
  }
}
