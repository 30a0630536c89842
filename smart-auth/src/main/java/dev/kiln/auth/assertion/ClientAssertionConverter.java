package dev.kiln.auth.assertion;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Recognises a client by its assertion alone (RFC 7523, section 3). The library wants a {@code
 * client_id} beside it, which SMART clients do not send; the assertion names the client.
 */
public final class ClientAssertionConverter implements AuthenticationConverter {

  private static final ClientAuthenticationMethod JWT_BEARER =
      new ClientAuthenticationMethod("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");

  @Override
  public Authentication convert(HttpServletRequest request) {
    String[] types = request.getParameterValues(OAuth2ParameterNames.CLIENT_ASSERTION_TYPE);
    String[] assertions = request.getParameterValues(OAuth2ParameterNames.CLIENT_ASSERTION);
    if (types == null && assertions == null) {
      return null;
    }
    if (types == null
        || assertions == null
        || types.length != 1
        || assertions.length != 1
        || !JWT_BEARER.getValue().equals(types[0])) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
    }
    String issuer = issuer(assertions[0]);
    String[] ids = request.getParameterValues(OAuth2ParameterNames.CLIENT_ID);
    if (ids != null && (ids.length != 1 || !ids[0].equals(issuer))) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
    return new OAuth2ClientAuthenticationToken(
        issuer, JWT_BEARER, assertions[0], exchange(request));
  }

  /** Not verified here: it only says whose keys are to be tried. */
  private static String issuer(String assertion) {
    try {
      String issuer = SignedJWT.parse(assertion).getJWTClaimsSet().getIssuer();
      if (issuer != null && !issuer.isBlank()) {
        return issuer;
      }
    } catch (ParseException e) {
      // What cannot be read proves nothing; the answer is the same.
    }
    throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
  }

  /** What the library needs to check the proof of a code (RFC 7636) together with the client. */
  private static Map<String, Object> exchange(HttpServletRequest request) {
    Map<String, Object> parameters = new HashMap<>();
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (!name.startsWith("client_")) {
                parameters.put(name, values.length == 1 ? values[0] : values);
              }
            });
    return parameters;
  }
}
