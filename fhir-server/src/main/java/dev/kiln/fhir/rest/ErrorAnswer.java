package dev.kiln.fhir.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import dev.kiln.fhir.validation.MalformedBody;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every failure into an OperationOutcome that carries the request's id as its reference and
 * nothing of our insides: no class names, no SQL, no HAPI message numbers.
 */
@Interceptor
public final class ErrorAnswer {

  private static final Logger log = LoggerFactory.getLogger(ErrorAnswer.class);
  private static final Pattern HAPI_NUMBER = Pattern.compile("HAPI-\\d{4}: ");

  /** SQLSTATE of a full disk. */
  private static final String DISK_FULL = "53100";

  private final MalformedBody malformedBody;

  public ErrorAnswer(MalformedBody malformedBody) {
    this.malformedBody = malformedBody;
  }

  /** Returns what the client is told in place of the failure. */
  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public BaseServerResponseException answer(RequestDetails request, Throwable failure) {
    BaseServerResponseException answer = classified(request, failure);
    OperationOutcome outcome = outcome(request, failure, answer);
    String reference = request.getRequestId();
    outcome.setId(reference);
    for (OperationOutcomeIssueComponent issue : outcome.getIssue()) {
      issue.setDiagnostics(withoutNumbers(issue.getDiagnostics()));
    }
    OperationOutcomeIssueComponent first = outcome.getIssueFirstRep();
    first.setDiagnostics(
        (first.hasDiagnostics() ? first.getDiagnostics() + " " : "")
            + "(reference "
            + reference
            + ")");
    answer.setOperationOutcome(outcome);
    return answer;
  }

  private static BaseServerResponseException classified(RequestDetails request, Throwable failure) {
    Optional<SQLException> sql = cause(failure, SQLException.class);
    if (sql.isPresent() && isOutage(sql.get())) {
      boolean full = DISK_FULL.equals(sql.get().getSQLState());
      logInside(failure);
      return new UnclassifiedServerFailureException(
          full ? 507 : 503,
          full
              ? "The server's disk is full; nothing of this request was stored"
              : "The database does not answer; nothing of this request was stored, try again later");
    }
    if (failure instanceof ResourceVersionConflictException
        && request.getHeader("If-Match") != null) {
      // https://hl7.org/fhir/R4/http.html#concurrency wants 412 where HAPI has 409.
      return new PreconditionFailedException("If-Match does not name the current version");
    }
    if (failure instanceof ResourceGoneException
        && request.getId() != null
        && HiddenDeletions.areHiddenIn(request)) {
      return HiddenDeletions.notFound(request.getId());
    }
    if (failure instanceof DataFormatException) {
      return new InvalidRequestException(failure.getMessage());
    }
    if (failure instanceof BaseServerResponseException known && known.getStatusCode() < 500) {
      return known;
    }
    if (failure instanceof BaseServerResponseException known
        && (known.getStatusCode() == 501 || known.getStatusCode() == 503)) {
      return known;
    }
    logInside(failure);
    return new InternalErrorException("The server failed on this request");
  }

  private OperationOutcome outcome(
      RequestDetails request, Throwable failure, BaseServerResponseException answer) {
    if (answer.getStatusCode() == 400 && isUnparsable(failure)) {
      Optional<OperationOutcome> located = malformedBody.locate(request);
      if (located.isPresent()) {
        return located.get();
      }
    }
    if (answer.getOperationOutcome() instanceof OperationOutcome given) {
      return given;
    }
    OperationOutcome made = new OperationOutcome();
    made.addIssue()
        .setSeverity(IssueSeverity.ERROR)
        .setCode(code(answer.getStatusCode()))
        .setDiagnostics(answer.getMessage());
    return made;
  }

  /** HAPI reports a body that it cannot parse with this message and without a cause. */
  private static boolean isUnparsable(Throwable failure) {
    return cause(failure, DataFormatException.class).isPresent()
        || String.valueOf(failure.getMessage()).contains("Failed to parse request body");
  }

  /**
   * The failures of single entries of a batch never pass through {@link #answer}: HAPI writes them
   * into the response, and they are cleaned there.
   */
  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void cleanBatch(RequestDetails request, IBaseResource response) {
    if (!(response instanceof Bundle bundle) || bundle.getType() != BundleType.BATCHRESPONSE) {
      return;
    }
    for (BundleEntryComponent entry : bundle.getEntry()) {
      if (entry.getResponse().getOutcome() instanceof OperationOutcome outcome) {
        boolean inside = entry.getResponse().getStatus().startsWith("5");
        outcome.setId(request.getRequestId());
        for (OperationOutcomeIssueComponent issue : outcome.getIssue()) {
          issue.setDiagnostics(
              inside
                  ? "The server failed on this entry (reference " + request.getRequestId() + ")"
                  : withoutNumbers(issue.getDiagnostics()));
        }
      }
    }
  }

  /** https://hl7.org/fhir/R4/valueset-issue-type.html */
  private static IssueType code(int status) {
    return switch (status) {
      case 401, 403 -> IssueType.SECURITY;
      case 404, 410 -> IssueType.NOTFOUND;
      case 405, 501 -> IssueType.NOTSUPPORTED;
      case 409, 412 -> IssueType.CONFLICT;
      case 413 -> IssueType.TOOLONG;
      case 400, 415, 422 -> IssueType.INVALID;
      case 503 -> IssueType.TRANSIENT;
      case 507 -> IssueType.NOSTORE;
      default -> IssueType.EXCEPTION;
    };
  }

  private static boolean isOutage(SQLException failure) {
    String state = failure.getSQLState();
    // Classes 08 (connection), 53 (resources), 57P (shutdown); Hikari's time-out has no state at
    // all.
    return state == null
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P");
  }

  /** Messages of exceptions hold values of patients, so only their kinds and places are logged. */
  private static void logInside(Throwable failure) {
    StringBuilder trace = new StringBuilder();
    for (Throwable cause : ExceptionUtils.getThrowables(failure)) {
      trace.append("\n").append(cause.getClass().getName());
      if (cause instanceof SQLException sql) {
        trace.append(" SQLSTATE ").append(sql.getSQLState());
      }
      for (int i = 0; i < Math.min(12, cause.getStackTrace().length); i++) {
        trace.append("\n\tat ").append(cause.getStackTrace()[i]);
      }
    }
    log.error("A FHIR request failed inside:{}", trace);
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
    return ExceptionUtils.getThrowableList(failure).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }

  private static String withoutNumbers(String message) {
    return message == null ? null : HAPI_NUMBER.matcher(message).replaceAll("");
  }
}
