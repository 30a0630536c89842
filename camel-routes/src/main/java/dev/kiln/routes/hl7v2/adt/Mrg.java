package dev.kiln.routes.hl7v2.adt;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.party.Xpn;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.patient.PidIdentifiers;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/** MRG, the patient who goes in a merge (section 3.4.9). */
final class Mrg {

  private Mrg() {}

  /**
   * The patient as MRG mentions it, with the id that PID would give for the same numbers; empty,
   * with a warning, where it has none but the survivor's.
   *
   * @param survivor what the patient who stays is known by
   */
  static Optional<Patient> patient(Segment mrg, Identifier survivor, MessageContext context) {
    PidIdentifiers sent = PidIdentifiers.prior(mrg, context);
    PidIdentifiers prior = sent.without(survivor);
    Optional<Identifier> key = prior.key();
    if (key.isEmpty()) {
      context.warn(
          mrg.field(1).path(),
          sent.key().isEmpty()
              ? "empty, there is nobody to merge"
              : "names the patient of PID-3 itself, nothing is merged");
      return Optional.empty();
    }
    Patient patient = Origin.mentioned(new Patient());
    patient.setId(LogicalKey.id("Patient", key.get().getSystem(), key.get().getValue()));
    prior.all().forEach(patient::addIdentifier);
    mrg.repetitions(7).forEach(field -> Xpn.name(field, context).ifPresent(patient::addName));
    return Optional.of(patient);
  }
}
