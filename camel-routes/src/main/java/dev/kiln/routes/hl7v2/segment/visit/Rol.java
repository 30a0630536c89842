package dev.kiln.routes.hl7v2.segment.visit;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.party.Xcn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterParticipantComponent;
import org.hl7.fhir.r4.model.Patient;

/**
 * ROL, what part a person plays (section 15.4.7), in the patient's care as such or in the visit.
 */
public final class Rol {

  /** Of table 0443: the family's and the primary care provider. */
  private static final Set<String> GENERAL = Set.of("FHCP", "PP");

  private Rol() {}

  /**
   * Adds the person to the patient or to the visit, by the role.
   *
   * @param encounter the visit; empty where the message has none
   */
  public static void complete(
      Patient patient, Optional<Encounter> encounter, Segment rol, MessageContext context) {
    boolean general = GENERAL.contains(rol.field(3).value());
    if (rol.field(2).value().equals("DE")) {
      context.warn(
          rol.field(2).path(), "not taken away, since ROL does not say whom it was told of");
      return;
    }
    if (!general && encounter.isEmpty()) {
      context.warn(rol.path(), "a role in a visit that the message does not have");
      return;
    }
    for (Field person : rol.repetitions(4)) {
      Xcn.practitioner(person, context)
          .ifPresent(
              reference -> {
                if (general) {
                  patient.addGeneralPractitioner(reference);
                } else {
                  EncounterParticipantComponent participant =
                      Origin.mark(encounter.get().addParticipant(), rol.path());
                  participant.setIndividual(reference);
                  Cwe.mapped(rol.field(3), "v2-0443-participation-type", context)
                      .ifPresent(participant::addType);
                  Ts.period(rol.field(5), rol.field(6), context).ifPresent(participant::setPeriod);
                }
              });
    }
  }
}
