package dev.kiln.routes.hl7v2.segment.visit;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.party.Xcn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Encounter;

/** Who takes part in a visit: fields of PV1 and PV2, and what the people in them do there. */
final class Pv1Participants {

  static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

  private static final Map<Integer, String> ROLES =
      new TreeMap<>(Map.of(7, "ATND", 8, "REF", 9, "CON", 17, "ADM", 52, "PART"));

  private Pv1Participants() {}

  static void add(Encounter encounter, Segment pv1, MessageContext context) {
    ROLES.forEach((number, role) -> add(encounter, pv1, number, role, context));
  }

  static void add(
      Encounter encounter, Segment segment, int number, String role, MessageContext context) {
    for (Field field : segment.repetitions(number)) {
      Xcn.practitioner(field, context)
          .ifPresent(
              person ->
                  Origin.mark(encounter.addParticipant().setIndividual(person), field.path())
                      .addType()
                      .addCoding()
                      .setSystem(PARTICIPATION)
                      .setCode(role));
    }
  }
}
