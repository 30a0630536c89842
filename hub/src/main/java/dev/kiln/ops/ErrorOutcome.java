package dev.kiln.ops;

import org.springframework.http.HttpStatus;

/**
 * An OperationOutcome for failures outside of the FHIR servlet, from the status alone: nothing of
 * the request is repeated.
 */
final class ErrorOutcome {

  private ErrorOutcome() {}

  /**
   * @param reference the request's id, or null where the request failed before it had one
   */
  static String json(int status, String reference) {
    HttpStatus known = HttpStatus.resolve(status);
    String text = known == null ? "Error " + status : known.getReasonPhrase();
    return """
        {"resourceType":"OperationOutcome",%s"issue":[{"severity":"error","code":"%s","diagnostics":"%s%s"}]}"""
        .formatted(
            reference == null ? "" : "\"id\":\"" + reference + "\",",
            code(status),
            text,
            reference == null ? "" : " (reference " + reference + ")");
  }

  /** https://hl7.org/fhir/R4/valueset-issue-type.html */
  private static String code(int status) {
    return switch (status) {
      case 401 -> "login";
      case 403 -> "forbidden";
      case 404 -> "not-found";
      case 405, 501 -> "not-supported";
      default -> status < 500 ? "invalid" : "exception";
    };
  }
}
