package dev.kiln.auth.authorization;

import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.client.OwnApps;
import dev.kiln.auth.launch.LaunchTable;
import dev.kiln.auth.scope.Scopes;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;

/**
 * What SMART App Launch asks of an authorization request beyond OAuth 2.0. The redirect address is
 * looked at first, since every later fault is told to the app there.
 */
public final class AuthorizeRules
    implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

  /** The base64url form of a SHA-256 (RFC 7636, section 4.2). */
  private static final Pattern S256 = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final AuthAddresses addresses;
  private final LaunchTable launches;
  private final OwnApps ownApps;

  AuthorizeRules(AuthAddresses addresses, LaunchTable launches, OwnApps ownApps) {
    this.addresses = addresses;
    this.launches = launches;
    this.ownApps = ownApps;
  }

  @Override
  public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
    if (request.getRedirectUri() == null || request.getRedirectUri().isBlank()) {
      throw error(OAuth2ErrorCodes.INVALID_REQUEST, "redirect_uri", null);
    }
    OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR.accept(
        context);
    // The library takes any port of a loopback address for a registered one (RFC 8252, section
    // 7.3). Of the server's own apps nobody is asked, so that another program would get the code.
    if (ownApps.contains(request.getClientId())
        && !context.getRegisteredClient().getRedirectUris().contains(request.getRedirectUri())) {
      throw error(OAuth2ErrorCodes.INVALID_REQUEST, "redirect_uri", null);
    }
    Map<String, Object> parameters = request.getAdditionalParameters();
    demand(request.getState() != null && !request.getState().isBlank(), "state", request);
    demand(isHere(parameters.get("aud")), "aud", request);
    demand(
        "S256".equals(parameters.get("code_challenge_method")), "code_challenge_method", request);
    demand(
        parameters.get("code_challenge") instanceof String challenge
            && S256.matcher(challenge).matches(),
        "code_challenge",
        request);
    demand(
        parameters.get("nonce") == null || parameters.get("nonce") instanceof String,
        "nonce",
        request);
    Set<String> registered = context.getRegisteredClient().getScopes();
    boolean isForeign = !ownApps.contains(request.getClientId());
    if (request.getScopes().isEmpty()
        || !Scopes.areCovered(request.getScopes(), registered)
        // The registry refuses them too; a row that came there otherwise is no way in.
        || isForeign && request.getScopes().stream().anyMatch(Scopes::isOfOwnApps)) {
      throw error(OAuth2ErrorCodes.INVALID_SCOPE, "scope", request);
    }
    if (request.getScopes().contains("launch")) {
      demand(
          parameters.get("launch") instanceof String handle
              && launches.isOpen(handle, request.getClientId()),
          "launch",
          request);
    }
  }

  /**
   * An app that was told a forged FHIR base would name it here, and must not get a token that it
   * would then send there.
   */
  private boolean isHere(Object audience) {
    return audience instanceof String text
        && (text.equals(addresses.fhirBase()) || text.equals(addresses.fhirBase() + "/"));
  }

  private static void demand(
      boolean isSo, String parameter, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
    if (!isSo) {
      throw error(OAuth2ErrorCodes.INVALID_REQUEST, parameter, request);
    }
  }

  /**
   * @param request null where the app cannot be told, since its address is not sure
   */
  static OAuth2AuthorizationCodeRequestAuthenticationException error(
      String code, String parameter, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
    return new OAuth2AuthorizationCodeRequestAuthenticationException(
        new OAuth2Error(code, "OAuth 2.0 Parameter: " + parameter, null), request);
  }
}
