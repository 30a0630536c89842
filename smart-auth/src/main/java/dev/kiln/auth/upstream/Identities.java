package dev.kiln.auth.upstream;

import dev.kiln.auth.Account;
import dev.kiln.auth.account.AccountBook;
import java.util.Optional;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Whose account somebody from the provider has. The first time, it is that of the same login name;
 * from then on the subject decides, which no provider gives to anybody else, while a login name may
 * pass to the next person of that name.
 */
final class Identities {

  private final AccountBook accounts;
  private final IdentityTable table;
  private final String loginClaim;

  Identities(AccountBook accounts, IdentityTable table, String loginClaim) {
    this.accounts = accounts;
    this.table = table;
    this.loginClaim = loginClaim;
  }

  Optional<Account> account(OidcUser user) {
    String issuer = user.getIssuer().toString();
    Optional<String> known = table.account(issuer, user.getSubject());
    if (known.isPresent()) {
      return accounts.byId(known.get());
    }
    return Optional.ofNullable(user.getClaimAsString(loginClaim))
        .flatMap(accounts::byLogin)
        .filter(account -> table.link(issuer, user.getSubject(), account.id()));
  }
}
