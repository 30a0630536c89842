package dev.kiln.routes.hl7v2.segment.visit;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.datatype.party.Pl;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterLocationStatus;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;

/** Where a visit takes place, took place and will take place, in PV1 and PV2. */
final class Pv1Locations {

  private Pv1Locations() {}

  static void add(Encounter encounter, Segment pv1) {
    EncounterLocationStatus presence = presence(encounter.getStatus());
    add(encounter, pv1.field(3), presence);
    add(encounter, pv1.field(6), EncounterLocationStatus.COMPLETED);
    add(encounter, pv1.field(11), presence);
    add(encounter, pv1.field(42), EncounterLocationStatus.PLANNED);
    add(encounter, pv1.field(43), EncounterLocationStatus.COMPLETED);
  }

  static void add(Encounter encounter, Field field, EncounterLocationStatus status) {
    Pl.location(field)
        .ifPresent(
            place ->
                Origin.mark(
                    encounter.addLocation().setStatus(status).setLocation(place), field.path()));
  }

  /**
   * Where the visit's status is not known, neither is whether the patient is still in the place.
   */
  private static EncounterLocationStatus presence(EncounterStatus status) {
    return switch (status) {
      case FINISHED -> EncounterLocationStatus.COMPLETED;
      case INPROGRESS -> EncounterLocationStatus.ACTIVE;
      case PLANNED -> EncounterLocationStatus.PLANNED;
      default -> null;
    };
  }
}
