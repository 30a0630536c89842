package dev.kiln.routes.inbox.work;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** What went wrong with a message, and whether time alone can mend it. */
record Fault(Throwable thrown) {

  /**
   * Classes of SQLSTATE that say nothing of the message: connection, state of the transaction (such
   * as that of a database which is read-only for a while), login, database that is not there,
   * conflict of transactions, resources, object in use, the operator, the system. The others (a
   * value that is too long, a broken rule) come back with every try.
   */
  private static final Set<String> PASSING =
      Set.of("08", "25", "28", "3D", "40", "53", "55", "57", "58");

  /** True where the same try may succeed later, however often it has failed. */
  boolean isPassing() {
    Optional<SQLException> sql =
        ExceptionUtils.getThrowableList(thrown).stream()
            .filter(SQLException.class::isInstance)
            .map(SQLException.class::cast)
            .reduce((first, last) -> last);
    if (sql.isPresent()) {
      // A pool that has no connection to give has no state either.
      String state = sql.get().getSQLState();
      return state == null || state.length() < 2 || PASSING.contains(state.substring(0, 2));
    }
    return isConflict();
  }

  /** Somebody else wrote the same resource at the same time. */
  private boolean isConflict() {
    return thrown instanceof ResourceVersionConflictException
        || thrown instanceof PreconditionFailedException;
  }

  /** True where no further try can help. */
  boolean isRefusal() {
    return thrown instanceof StackOverflowError
        || thrown instanceof BaseServerResponseException answer
            && answer.getStatusCode() < 500
            && !isPassing()
            // The database may report it as a broken rule; a few more tries will tell.
            && !isConflict();
  }

  /**
   * Kind and place of the fault, without its message: messages of exceptions quote values of
   * patients.
   */
  String place() {
    Throwable root = ExceptionUtils.getRootCause(thrown);
    StackTraceElement[] trace = root.getStackTrace();
    return root.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
