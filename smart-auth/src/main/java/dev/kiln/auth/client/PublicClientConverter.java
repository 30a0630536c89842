package dev.kiln.auth.client;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Recognises a public client that refreshes or revokes: it names itself and shows no credential.
 * The library knows public clients by their proof of a code only. With a refresh even the name may
 * be missing, since RFC 6749, section 6 does not demand it and widely used libraries leave it out;
 * the token tells whose it is.
 */
public final class PublicClientConverter implements AuthenticationConverter {

  /** Marks what came this way; the library's own requests carry a verifier instead. */
  static final String BY_NAME = "dev.kiln.auth.by-name";

  private final String revocationPath;
  private final Function<String, Optional<String>> clientOf;

  /**
   * @param revocationPath where nothing but the token itself is needed
   * @param clientOf the id of the client that a refresh token was given to
   */
  public PublicClientConverter(String revocationPath, Function<String, Optional<String>> clientOf) {
    this.revocationPath = revocationPath;
    this.clientOf = clientOf;
  }

  @Override
  public Authentication convert(HttpServletRequest request) {
    boolean isRefresh =
        "refresh_token".equals(request.getParameter(OAuth2ParameterNames.GRANT_TYPE));
    boolean isRevocation = request.getServletPath().equals(revocationPath);
    boolean hasCredential =
        request.getHeader(HttpHeaders.AUTHORIZATION) != null
            || request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) != null
            || request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION) != null;
    String[] ids = request.getParameterValues(OAuth2ParameterNames.CLIENT_ID);
    if (!isRefresh && !isRevocation || hasCredential) {
      return null;
    }
    if (ids == null) {
      return isRefresh
          ? Optional.ofNullable(request.getParameter(OAuth2ParameterNames.REFRESH_TOKEN))
              .flatMap(clientOf)
              .map(PublicClientConverter::named)
              .orElse(null)
          : null;
    }
    if (ids.length != 1 || ids[0].isBlank()) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
    }
    return named(ids[0]);
  }

  private static Authentication named(String clientId) {
    return new OAuth2ClientAuthenticationToken(
        clientId, ClientAuthenticationMethod.NONE, null, Map.of(BY_NAME, true));
  }
}
