package dev.kiln.auth.token;

import java.time.Duration;

/** How long what is issued lives. */
public final class Lifetimes {

  /** The most that SMART Backend Services allow. */
  public static final Duration BACKEND_ACCESS = Duration.ofMinutes(5);

  /** Revocation is effective at once, so that the length matters for apps without refresh only. */
  public static final Duration APP_ACCESS = Duration.ofHours(1);

  public static final Duration ID_TOKEN = Duration.ofMinutes(30);

  /** From the last refresh on; certification asks for three months at least. */
  public static final Duration REFRESH = Duration.ofDays(100);

  /**
   * For how long a refresh token that was used may come again, from another tab of the same app.
   */
  public static final Duration REFRESH_AGAIN = Duration.ofSeconds(10);

  /** For how long a person may think about a request. */
  public static final Duration DECISION = Duration.ofMinutes(30);

  private Lifetimes() {}
}
