package dev.kiln.auth.client;

/** From which web origins browsers may call: those of the registered apps, and no other. */
public interface RegisteredOrigins {

  /**
   * @param origin as the browser sends it, for example {@code https://app.example.org}
   */
  boolean contains(String origin);
}
