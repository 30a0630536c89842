package dev.kiln.routes.hl7v2.segment.patient;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.party.Xcn;
import dev.kiln.routes.hl7v2.datatype.party.Xon;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Nulls;
import java.util.Map;
import org.hl7.fhir.r4.model.Patient;

/** PD1, more about the patient (section 3.4.10): who cares for them in general. */
public final class Pd1 {

  private static final String EXTENSION = "http://hl7.org/fhir/StructureDefinition/patient-";

  private static final Nulls NULLS =
      new Nulls(
          Map.of(
              3, "generalPractitioner",
              4, "generalPractitioner",
              6, "extension",
              14, "extension"));

  private Pd1() {}

  /** Adds to the patient what the segment says. */
  public static void complete(Patient patient, Segment pd1, MessageContext context) {
    for (Field facility : pd1.repetitions(3)) {
      Xon.organization(facility, context).ifPresent(patient::addGeneralPractitioner);
    }
    for (Field provider : pd1.repetitions(4)) {
      Xcn.practitioner(provider, context).ifPresent(patient::addGeneralPractitioner);
    }
    Field handicap = pd1.field(6);
    Cwe.ofTable(handicap, "0295", context)
        .ifPresent(
            concept ->
                Origin.mark(
                    patient.addExtension().setUrl(EXTENSION + "disability").setValue(concept),
                    handicap.path()));
    Field worship = pd1.field(14);
    worship
        .component(1)
        .string()
        .ifPresent(
            place ->
                Origin.mark(
                    patient.addExtension().setUrl(EXTENSION + "congregation").setValue(place),
                    worship.path()));
    NULLS.in(pd1, patient);
  }
}
