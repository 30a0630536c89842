package dev.kiln.auth;

import java.time.Instant;
import java.util.List;

/** The apps that an account has let in. */
public interface ConnectedApps {

  /** Those that can still do something. */
  List<App> of(Account account);

  /** Ends every token and refresh token of that app for the account, at once. */
  void revoke(Account account, String clientId);

  /** The same for all apps. */
  void revokeAll(Account account);

  /** The same for what was granted only for as long as the account is signed in. */
  void revokeOnline(Account account);

  /**
   * An app that an account has let in.
   *
   * @param scopes as they were granted
   * @param since when it was let in first
   * @param lastUsed when it last got a token
   * @param offline whether it can do so while the account is not signed in
   */
  record App(
      String clientId,
      String name,
      List<String> scopes,
      Instant since,
      Instant lastUsed,
      boolean offline) {}
}
