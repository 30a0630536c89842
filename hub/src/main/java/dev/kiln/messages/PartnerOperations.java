package dev.kiln.messages;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import dev.kiln.fhir.ParametersPart;
import dev.kiln.routes.control.MessageArchive.Query;
import dev.kiln.routes.control.PartnerReports;
import dev.kiln.routes.control.PartnerReports.Partner;
import dev.kiln.routes.control.PartnerReports.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code $partner-report} tells what each sender sends that nobody reads or maps; docs/messages.md
 * has the shape.
 */
public final class PartnerOperations {

  private static final Duration USUAL = Duration.ofDays(30);
  private static final String TABLE = "http://terminology.hl7.org/CodeSystem/v2-";

  /** Messages that are opened for one report; those of the largest senders come first. */
  private static final int MOST_OPENED = 100;

  private final PartnerReports reports;
  private final LackedCodes codes;

  PartnerOperations(PartnerReports reports, LackedCodes codes) {
    this.reports = reports;
    this.codes = codes;
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
    AtomicInteger left = new AtomicInteger(MOST_OPENED);
    report
        .partners()
        .forEach(partner -> partner(partner, ParametersPart.of(answer, "sender"), left));
    report.since().ifPresent(since -> ParametersPart.of(answer, "cut").instant("since", since));
    return answer;
  }

  private void partner(Partner partner, ParametersPart part, AtomicInteger left) {
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
            unmapped -> {
              ParametersPart lacked =
                  part.part("unmapped")
                      .text("field", unmapped.field())
                      .text("system", TABLE + unmapped.table())
                      .number("messages", unmapped.messages())
                      .text("message", unmapped.latest().toString());
              if (left.getAndDecrement() > 0) {
                codes.of(unmapped).forEach(code -> lacked.text("code", code));
              }
            });
  }
}
