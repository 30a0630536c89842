package dev.kiln.routes.hl7v2.siu;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.party.Pl;
import dev.kiln.routes.hl7v2.datatype.party.Xcn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Reference;

/** Who and what an appointment needs: AIP, AIL and AIG (sections 10.6.5 to 10.6.7). */
final class AppointmentParticipants {

  private AppointmentParticipants() {}

  static void add(Appointment appointment, Message message, MessageContext context) {
    for (Segment segment : message.segments()) {
      Field resource = segment.field(3);
      Optional<Reference> actor =
          switch (segment.name()) {
            case "AIP" -> Xcn.practitioner(resource, context);
            case "AIL" -> Pl.location(resource);
            case "AIG" -> thing(resource, context);
            default -> Optional.empty();
          };
      actor.ifPresent(
          found -> {
            segment.field(1).value();
            AppointmentParticipantComponent participant = add(appointment, found);
            Origin.mark(participant, resource.path());
            Cwe.concept(segment.field(4), context).ifPresent(participant::addType);
          });
    }
  }

  /** What is booked has accepted; table 0278 has nothing finer. */
  static AppointmentParticipantComponent add(Appointment appointment, Reference actor) {
    AppointmentParticipantComponent participant = appointment.addParticipant();
    Origin.of(actor).ifPresent(path -> Origin.mark(participant, path));
    return participant.setActor(actor).setStatus(ParticipationStatus.ACCEPTED);
  }

  /** AIG-3 is a code whose text is the name of what is meant, be it a person or a machine. */
  private static Optional<Reference> thing(Field resource, MessageContext context) {
    return Cwe.concept(resource, context)
        .map(
            concept ->
                concept.hasText()
                    ? concept.getText()
                    : concept.getCodingFirstRep().hasDisplay()
                        ? concept.getCodingFirstRep().getDisplay()
                        : concept.getCodingFirstRep().getCode())
        .map(name -> new Reference().setDisplay(name));
  }
}
