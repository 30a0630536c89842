package dev.kiln.routes.hl7v2.segment;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.hl7v2.er7.Segment;
import org.hl7.fhir.r4.model.Reference;

/** One segment to be translated, the context for it, and whom it is about. */
public record SegmentSample(Segment segment, MessageContext context) {

  public static final Reference PATIENT = new Reference("Patient/p");
  public static final Reference ENCOUNTER = new Reference("Encounter/e");

  public static SegmentSample of(String line) {
    return new SegmentSample(
        Sample.message("MSH|^~\\&|ADT|HOSPITAL", line).segments().get(1), Sample.context());
  }
}
