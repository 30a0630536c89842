package dev.kiln.auth.signin;

import dev.kiln.auth.Account;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.LoginName;
import dev.kiln.auth.account.PasswordRules.Fault;
import dev.kiln.auth.account.Roles;
import dev.kiln.auth.secondfactor.SecondFactors;
import dev.kiln.auth.signin.Attempts.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/**
 * The steps from a password to being signed in. What is still to be done is asked of the account at
 * each step anew, so that no order of requests leads past one.
 */
public final class SignIn {

  private final AccountBook accounts;
  private final Roles roles;
  private final SecondFactors factors;
  private final Attempts attempts;
  private final SecurityContextRepository contexts;
  private final CsrfTokenRepository csrf;
  private final Destination destination;

  SignIn(
      AccountBook accounts,
      Roles roles,
      SecondFactors factors,
      Attempts attempts,
      SecurityContextRepository contexts,
      CsrfTokenRepository csrf,
      Destination destination) {
    this.accounts = accounts;
    this.roles = roles;
    this.factors = factors;
    this.attempts = attempts;
    this.contexts = contexts;
    this.csrf = csrf;
    this.destination = destination;
  }

  /** What came of a name and a password. */
  enum Outcome {
    RIGHT,
    WRONG,
    TOO_MANY
  }

  /**
   * Only a flood from one address is told that it must wait. For a login name that must wait the
   * password is compared all the same, and the answer is as for a wrong one.
   */
  Outcome password(
      String login, String password, HttpServletRequest request, HttpServletResponse response) {
    Target address = Target.address(request.getRemoteAddr());
    if (!attempts.begin(address)) {
      return Outcome.TOO_MANY;
    }
    Target name = Target.login(LoginName.key(login));
    boolean mayTry = attempts.begin(name);
    Optional<Account> account = accounts.check(login, password).filter(found -> mayTry);
    if (account.isEmpty()) {
      return Outcome.WRONG;
    }
    attempts.right(name);
    attempts.right(address);
    enter(account.get(), request, response);
    return Outcome.RIGHT;
  }

  /** Begins the steps of an account that has proved itself otherwise, for example by a link. */
  public void enter(Account account, HttpServletRequest request, HttpServletResponse response) {
    HttpSession session = request.getSession();
    // An id that was known to somebody before must not be that of who comes in (fixation).
    request.changeSessionId();
    csrf.saveToken(null, request, response);
    factors.forgetProposed(session);
    session.setAttribute(
        SigningIn.ATTRIBUTE,
        new SigningIn(account.id(), accounts.passwordMark(account), false, Instant.now()));
  }

  /**
   * Who is between password and being in; empty where nobody is, they took too long, or the
   * password has been changed elsewhere since.
   */
  Optional<Account> who(HttpServletRequest request) {
    return state(request)
        .flatMap(
            state ->
                accounts
                    .byId(state.account())
                    .filter(account -> accounts.passwordMark(account).equals(state.password())));
  }

  /**
   * Sets the password that somebody chose on their way in, who then goes on.
   *
   * @return empty where it has been set
   */
  Optional<Fault> choosePassword(Account account, String password, HttpServletRequest request) {
    Optional<Fault> fault = accounts.setPassword(account, password);
    if (fault.isEmpty()) {
      SigningIn state = state(request).orElseThrow();
      request
          .getSession()
          .setAttribute(SigningIn.ATTRIBUTE, state.withPassword(accounts.passwordMark(account)));
    }
    return fault;
  }

  boolean factor(Account account, String code, HttpServletRequest request) {
    Target target = Target.code(account.id());
    if (!attempts.begin(target) || !factors.accepts(account, code)) {
      return false;
    }
    attempts.right(target);
    factorShown(request);
    return true;
  }

  void factorShown(HttpServletRequest request) {
    request
        .getSession()
        .setAttribute(SigningIn.ATTRIBUTE, state(request).orElseThrow().withFactor());
  }

  /** Path of the next step; signs the person in where there is none left. */
  String next(HttpServletRequest request, HttpServletResponse response) {
    Optional<SigningIn> state = state(request);
    Optional<Account> account = who(request);
    if (account.isEmpty()) {
      return "/sign-in";
    }
    if (factors.has(account.get()) && !state.get().factorShown()) {
      return "/second-factor";
    }
    if (accounts.details(account.get().id()).orElseThrow().mustChangePassword()) {
      return "/sign-in/password";
    }
    if (!hasDemandedFactor(account.get())) {
      return "/second-factor/set-up";
    }
    letIn(account.get(), request, response);
    return destination.take(request, response);
  }

  /** False for an account that would set up a second factor on its way in. */
  public boolean hasDemandedFactor(Account account) {
    return !roles.wantSecondFactor(account.roles()) || factors.has(account);
  }

  private void letIn(Account account, HttpServletRequest request, HttpServletResponse response) {
    HttpSession session = request.getSession();
    session.removeAttribute(SigningIn.ATTRIBUTE);
    request.changeSessionId();
    csrf.saveToken(null, request, response);
    session.setAttribute(Sessions.BROWSER, Browser.name(request.getHeader("User-Agent")));
    session.setAttribute(Sessions.ADDRESS, request.getRemoteAddr());
    session.setAttribute(Sessions.SINCE, Instant.now());
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            account.id(), null, AuthorityUtils.createAuthorityList("SIGNED_IN")));
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
    accounts.signedIn(account);
  }

  private static Optional<SigningIn> state(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null
        ? Optional.empty()
        : Optional.ofNullable((SigningIn) session.getAttribute(SigningIn.ATTRIBUTE))
            .filter(state -> !state.isOver());
  }
}
