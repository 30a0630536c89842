package dev.kiln.auth.endpoint;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.http.converter.OAuth2ErrorHttpMessageConverter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Answers a client that did not prove who it is (RFC 6749, section 5.2): never by a redirect to the
 * sign-in, and always without a word on what exactly was wrong.
 */
final class ClientErrors implements AuthenticationFailureHandler, AuthenticationEntryPoint {

  private final OAuth2ErrorHttpMessageConverter json = new OAuth2ErrorHttpMessageConverter();

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
      throws IOException {
    String code =
        exception instanceof OAuth2AuthenticationException oauth
            ? oauth.getError().getErrorCode()
            : OAuth2ErrorCodes.INVALID_CLIENT;
    write(request, response, code);
  }

  /** Where the client sent nothing by which it could be recognised. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
      throws IOException {
    write(request, response, OAuth2ErrorCodes.INVALID_CLIENT);
  }

  private void write(HttpServletRequest request, HttpServletResponse response, String code)
      throws IOException {
    boolean isClient = OAuth2ErrorCodes.INVALID_CLIENT.equals(code);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(HttpHeaders.PRAGMA, "no-cache");
    if (isClient && request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"kiln\"");
    }
    ServletServerHttpResponse answer = new ServletServerHttpResponse(response);
    answer.setStatusCode(isClient ? HttpStatus.UNAUTHORIZED : HttpStatus.BAD_REQUEST);
    json.write(new OAuth2Error(code), null, answer);
  }
}
