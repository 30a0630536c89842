package dev.kiln.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

/**
 * Tickets by which a browser opens a stream of events, with which it can send no token. Each is
 * good once and for half a minute, so that one that ends up in a log opens nothing.
 */
final class LiveTickets {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  private final Cache<String, Boolean> open =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(30)).maximumSize(10_000).build();

  String issue() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    open.put(ticket, true);
    return ticket;
  }

  /** Whether it was good; it is so no more. */
  boolean take(String ticket) {
    return open.asMap().remove(ticket) != null;
  }
}
