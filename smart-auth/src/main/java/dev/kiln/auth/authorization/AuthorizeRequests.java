package dev.kiln.auth.authorization;

import dev.kiln.auth.session.SignInSessions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads an authorization request and notes in which session it is made, which the library forgets.
 */
public final class AuthorizeRequests implements AuthenticationConverter {

  /** Replaces a parameter of that name which an app may have sent. */
  static final String SESSION = "dev.kiln.auth.session";

  private final AuthenticationConverter library =
      new OAuth2AuthorizationCodeRequestAuthenticationConverter();
  private final SignInSessions sessions;

  public AuthorizeRequests(SignInSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Authentication convert(HttpServletRequest request) {
    if (!(library.convert(request)
        instanceof OAuth2AuthorizationCodeRequestAuthenticationToken read)) {
      return null;
    }
    Map<String, Object> parameters = new HashMap<>(read.getAdditionalParameters());
    parameters.remove(SESSION);
    // Requests by reference (RFC 9126) are not offered; the library would look one up.
    parameters.remove("request_uri");
    sessions.name(request).ifPresent(name -> parameters.put(SESSION, name));
    return new OAuth2AuthorizationCodeRequestAuthenticationToken(
        read.getAuthorizationUri(),
        read.getClientId(),
        (Authentication) read.getPrincipal(),
        read.getRedirectUri(),
        read.getState(),
        read.getScopes(),
        parameters);
  }
}
