package dev.kiln.live;

import ca.uhn.fhir.rest.annotation.Operation;
import org.hl7.fhir.r4.model.Parameters;

/** {@code $live-ticket} gives a ticket for {@code GET /live?ticket=…}. */
public final class LiveOperation {

  private final LiveTickets tickets;

  LiveOperation(LiveTickets tickets) {
    this.tickets = tickets;
  }

  @Operation(name = "$live-ticket")
  public Parameters ticket() {
    Parameters answer = new Parameters();
    answer.addParameter("ticket", tickets.issue());
    return answer;
  }
}
