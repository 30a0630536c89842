package dev.kiln.messages;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import dev.kiln.routes.control.MessageArchive.Query;
import dev.kiln.routes.control.PartnerReports;
import dev.kiln.routes.control.PartnerReports.Partner;
import dev.kiln.routes.control.PartnerReports.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code $partner-report} tells what each sender sends that nobody reads or maps; docs/messages.md
 * has the shape.
 */
public final class PartnerOperations {

  private static final Duration USUAL = Duration.ofDays(30);
  private static final String TABLE = "http://terminology.hl7.org/CodeSystem/v2-";

  private final PartnerReports reports;

  PartnerOperations(PartnerReports reports) {
    this.reports = reports;
  }

  /**
   * @param sender sending application and facility, for example {@code LAB|HOSPITAL}
   * @param received times as in a search: {@code ge2026-01-01}, at most two; the last 30 days where
   *     no beginning is given
   */
  @Operation(name = "$partner-report", idempotent = true)
  public Parameters report(
      @OperationParam(name = "sender", max = 1) StringType sender,
      @OperationParam(name = "received", max = 2) List<StringType> received) {
    Query range =
        MessageFilter.query(
            List.of(), null, null, null, sender, null, received, null, null, null, 1);
    Instant from = range.from() == null ? Instant.now().minus(USUAL) : range.from();
    Report report = reports.of(range.sender(), from, range.until());
    Parameters answer = new Parameters();
    report.partners().forEach(partner -> partner(partner, Part.of(answer, "sender")));
    report.since().ifPresent(since -> Part.of(answer, "cut").instant("since", since));
    return answer;
  }

  private static void partner(Partner partner, Part part) {
    part.text("sender", partner.sender()).number("messages", partner.messages());
    partner
        .unread()
        .forEach(
            unread ->
                part.part("unread")
                    .text("field", unread.field())
                    .number("messages", unread.messages())
                    .text("message", unread.latest().toString()));
    partner
        .unmapped()
        .forEach(
            unmapped ->
                part.part("unmapped")
                    .text("field", unmapped.field())
                    .text("system", TABLE + unmapped.table())
                    .number("messages", unmapped.messages())
                    .text("message", unmapped.latest().toString()));
  }
}
