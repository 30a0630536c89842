package dev.kiln.ops;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/**
 * Tells in FHIR's form, and without a word on Tomcat, what fails before any servlet or filter is
 * reached.
 */
public final class OutcomeErrorValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, Throwable failure) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      response.setContentType("application/fhir+json");
      response.setCharacterEncoding("UTF-8");
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(ErrorOutcome.json(response.getStatus(), response.getHeader("X-Request-ID")));
        response.finishResponse();
      }
    } catch (IOException e) {
      // The client is gone; there is nobody left to tell.
      container.getLogger().debug("An error report found no reader");
    }
  }
}
