package dev.kiln.auth;

import java.time.Instant;
import java.util.List;

/** The apps that an account has let in. */
public interface ConnectedApps {

  /**
   * @param lastUsed null where it has not been used yet
   * @param offline whether the app may come back without the person
   */
  record App(
      String clientId,
      String name,
      List<String> scopes,
      Instant since,
      Instant lastUsed,
      boolean offline) {}

  List<App> of(Account account);

  /** Ends every token and refresh token of that app for the account, at once. */
  void revoke(Account account, String clientId);
}
