package dev.kiln.auth.upstream;

import dev.kiln.auth.Account;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.signin.SignIn;
import java.util.Optional;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Whose account somebody from the provider has. The first time, it is that of the same login name;
 * from then on the subject decides, which no provider gives to anybody else, while a login name may
 * pass to the next person of that name. Where a role demands a second factor, the name alone links
 * nothing before there is one: the provider's word for a name must not be enough to enrol the
 * factor of an administrator.
 */
final class Identities {

  private final AccountBook accounts;
  private final SignIn signIn;
  private final IdentityTable table;
  private final String loginClaim;

  Identities(AccountBook accounts, SignIn signIn, IdentityTable table, String loginClaim) {
    this.accounts = accounts;
    this.signIn = signIn;
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
        .filter(signIn::hasDemandedFactor)
        .filter(account -> table.link(issuer, user.getSubject(), account.id()));
  }
}
