package dev.kiln.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What a request hears that does not get past the filters: an OperationOutcome, and no data. */
final class Answers {

  private Answers() {}

  /**
   * RFC 6750, section 3.1: the error is named only where there was a token.
   *
   * @param tokenWasGiven whether a Bearer token came and is none of ours
   */
  static void unauthorized(HttpServletResponse response, boolean tokenWasGiven) throws IOException {
    response.addHeader(
        "WWW-Authenticate",
        "Bearer realm=\"Kiln\"" + (tokenWasGiven ? ", error=\"invalid_token\"" : ""));
    write(
        response,
        HttpServletResponse.SC_UNAUTHORIZED,
        "login",
        "This server wants a token that it knows: Authorization: Bearer …");
  }

  static void forbidden(HttpServletResponse response, String why) throws IOException {
    write(response, HttpServletResponse.SC_FORBIDDEN, "forbidden", why);
  }

  /** RFC 6585, section 4. */
  static void tooMany(HttpServletResponse response, long seconds) throws IOException {
    response.setHeader("Retry-After", String.valueOf(seconds));
    write(response, 429, "throttled", "Too many requests; come back in " + seconds + " s");
  }

  private static void write(HttpServletResponse response, int status, String code, String text)
      throws IOException {
    String reference = response.getHeader("X-Request-ID");
    response.setStatus(status);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/fhir+json;charset=UTF-8");
    response
        .getWriter()
        .write(
            """
            {"resourceType":"OperationOutcome","id":"%s","issue":[{"severity":"error","code":"%s",\
            "diagnostics":"%s (reference %s)"}]}"""
                .formatted(reference, code, text, reference));
  }
}
