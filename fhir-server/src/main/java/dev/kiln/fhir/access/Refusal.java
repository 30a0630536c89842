package dev.kiln.fhir.access;

import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import dev.kiln.fhir.access.Permission.Interaction;

/** The refusals of RFC 6750, section 3.1, and what a client is told with them. */
public final class Refusal {

  private Refusal() {}

  /** Nobody is known to be behind the request. */
  static BaseServerResponseException unknownCaller() {
    return (BaseServerResponseException)
        new AuthenticationException("This request carries no token that this server knows")
            .addResponseHeader("WWW-Authenticate", "Bearer realm=\"Kiln\"");
  }

  /** Names the scope, and says nothing of what is stored. */
  static ForbiddenOperationException missingScope(
      Caller caller, String type, Interaction interaction) {
    // The address of a Bundle's entry could hold anything, and this goes into a header.
    boolean isType = type != null && type.matches("[A-Za-z]{1,40}");
    String scope = Permission.needed(caller.level(), isType ? type : "*", interaction);
    ForbiddenOperationException refusal =
        new ForbiddenOperationException("insufficient_scope: this needs the scope " + scope);
    refusal.addResponseHeader(
        "WWW-Authenticate",
        "Bearer realm=\"Kiln\", error=\"insufficient_scope\", scope=\"" + scope + "\"");
    return refusal;
  }

  /** Names a right, which is a scope of its own. */
  static ForbiddenOperationException missingRight(String right) {
    ForbiddenOperationException refusal =
        new ForbiddenOperationException("insufficient_scope: this needs the scope " + right);
    refusal.addResponseHeader(
        "WWW-Authenticate",
        "Bearer realm=\"Kiln\", error=\"insufficient_scope\", scope=\"" + right + "\"");
    return refusal;
  }

  /** What no scope of a person's token opens. */
  public static ForbiddenOperationException closed(String what) {
    return new ForbiddenOperationException(what + " is not open to this token");
  }

  /** For a resource that the caller itself has sent, so that it tells nothing new. */
  static ForbiddenOperationException outsideOfScope(String type) {
    return new ForbiddenOperationException(
        "This " + type + " is not one that the token's scopes allow to write");
  }
}
