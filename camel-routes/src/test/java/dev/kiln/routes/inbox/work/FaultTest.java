package dev.kiln.routes.inbox.work;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.CannotCreateTransactionException;

/** What becomes a dead letter, and what is waited for. */
class FaultTest {

  /** Connection lost, read-only, password changed, database gone, deadlock, disk full, stopping. */
  @ParameterizedTest
  @ValueSource(strings = {"08006", "25006", "28P01", "3D000", "40P01", "53100", "55P03", "57P01"})
  void whatTheDatabaseGetsOverIsWaitedFor(String state) {
    SQLException cause = new SQLException("x", state);
    SQLTransientConnectionException pool = new SQLTransientConnectionException("x", null, 0, cause);
    Fault fault = new Fault(new CannotCreateTransactionException("x", pool));
    assertThat(fault.isPassing()).isTrue();
    assertThat(fault.isRefusal()).isFalse();
  }

  @Test
  void aPoolWithoutAConnectionIsWaitedFor() {
    Fault fault =
        new Fault(new InternalErrorException("x", new SQLTransientConnectionException("x")));
    assertThat(fault.isPassing()).isTrue();
  }

  @Test
  void whatTheMessageItselfBringsAboutIsNot() {
    Fault tooLong = new Fault(new InternalErrorException("x", new SQLException("x", "22001")));
    assertThat(tooLong.isPassing()).isFalse();
    assertThat(tooLong.isRefusal()).as("a few more tries will tell").isFalse();
    assertThat(new Fault(new UnprocessableEntityException("x")).isRefusal()).isTrue();
    assertThat(new Fault(new StackOverflowError()).isRefusal()).isTrue();
    assertThat(new Fault(new OutOfMemoryError()).isRefusal()).isFalse();
    assertThat(new Fault(new OutOfMemoryError()).isPassing()).isFalse();
  }

  @Test
  void aConflictIsTriedAgain() {
    Fault fault = new Fault(new ResourceVersionConflictException("x"));
    assertThat(fault.isPassing()).isTrue();
    assertThat(fault.isRefusal()).isFalse();
  }
}
