package dev.kiln.fhir.rest;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import org.hl7.fhir.instance.model.api.IIdType;

/**
 * Makes one answer of three for a caller that sees a part of a type only: "gone" would tell that
 * there has been a resource, whose it may not know.
 */
public final class HiddenDeletions {

  private static final String MARK = HiddenDeletions.class.getName();

  private HiddenDeletions() {}

  public static void mark(RequestDetails request) {
    request.getUserData().put(MARK, true);
  }

  /** Whether whoever asks must not learn that a resource has been deleted. */
  public static boolean areHiddenIn(RequestDetails request) {
    return request.getUserData().containsKey(MARK);
  }

  /** In the words that the library has for what was never there. */
  public static ResourceNotFoundException notFound(IIdType id) {
    return new ResourceNotFoundException(id.toUnqualifiedVersionless());
  }
}
