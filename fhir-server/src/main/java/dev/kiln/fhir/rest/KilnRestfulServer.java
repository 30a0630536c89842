package dev.kiln.fhir.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * HAPI's servlet without the header that tells strangers which version of what they are talking to.
 */
final class KilnRestfulServer extends RestfulServer {

  private static final long serialVersionUID = 1L;

  KilnRestfulServer(FhirContext context) {
    super(context);
  }

  @Override
  public void addHeadersToResponse(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
  }

  /** The id that {@link RequestId} gave, so that log, header and OperationOutcome name the same. */
  @Override
  protected String getOrCreateRequestId(HttpServletRequest request) {
    return RequestId.of(request);
  }
}
