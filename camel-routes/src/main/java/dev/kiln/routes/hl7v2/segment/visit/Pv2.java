package dev.kiln.routes.hl7v2.segment.visit;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Nm;
import dev.kiln.routes.hl7v2.datatype.party.Xon;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Nulls;
import java.util.Map;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterLocationStatus;

/** PV2, more about the visit (section 3.4.4). */
public final class Pv2 {

  private static final String ARRIVAL =
      "http://hl7.org/fhir/StructureDefinition/encounter-modeOfArrival";

  private static final Nulls NULLS =
      new Nulls(
          Map.of(
              1, "location",
              3, "reasonCode",
              11, "length",
              13, "participant",
              23, "serviceProvider",
              25, "priority",
              38, "extension"));

  private Pv2() {}

  /** Adds to the visit what the segment says. */
  public static void complete(Encounter encounter, Segment pv2, MessageContext context) {
    Pv1Locations.add(encounter, pv2.field(1), EncounterLocationStatus.PLANNED);
    Cwe.concept(pv2.field(3), context).ifPresent(encounter::addReasonCode);
    length(encounter, pv2.field(11), context);
    Pv1Participants.add(encounter, pv2, 13, "REF", context);
    if (!encounter.hasServiceProvider()) {
      Xon.organization(pv2.field(23), context).ifPresent(encounter::setServiceProvider);
    }
    Cwe.mapped(pv2.field(25), "v2-0217-encounter-priority", context)
        .ifPresent(encounter::setPriority);
    Cwe.ofTable(pv2.field(38), "0430", context)
        .filter(arrival -> arrival.hasCoding())
        .ifPresent(
            arrival ->
                Origin.mark(
                    encounter.addExtension().setUrl(ARRIVAL).setValue(arrival.getCodingFirstRep()),
                    pv2.field(38).path()));
    NULLS.in(pv2, encounter);
  }

  private static void length(Encounter encounter, Field days, MessageContext context) {
    if (!days.isPresent()) {
      return;
    }
    Nm.decimal(days.component(1))
        .ifPresentOrElse(
            value -> {
              Duration length = new Duration();
              length.setUnit("d").setSystem("http://unitsofmeasure.org").setCode("d");
              length.setValueElement(value);
              encounter.setLength(Origin.mark(length, days.path()));
            },
            () -> context.warn(days.path(), "not a number"));
  }
}
