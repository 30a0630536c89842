package dev.kiln.routes.hl7v2.siu;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ei;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.order.Nte;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Identifier;

/** SCH, what an appointment is about (section 10.6.2). */
final class Sch {

  private static final String STATUS = "v2-0278-appointment-status";

  private Sch() {}

  /**
   * The appointment without its times and participants, with the id of the filler's number, or of
   * the placer's in its place.
   *
   * @param told the status that the event tells, where SCH-25 does not
   */
  static Appointment appointment(
      Segment sch, AppointmentStatus told, Message message, MessageContext context) {
    Appointment appointment = new Appointment();
    Optional<Identifier> filler = Ei.identifier(sch.field(2), "FILL", context);
    Optional<Identifier> placer = Ei.identifier(sch.field(1), "PLAC", context);
    filler.ifPresent(appointment::addIdentifier);
    placer.ifPresent(appointment::addIdentifier);
    appointment.setId(id(filler.or(() -> placer), context));
    status(appointment, sch.field(25), told, context);
    Cwe.ofTable(sch.field(8), "0277", context).ifPresent(appointment::setAppointmentType);
    Cwe.ofTable(sch.field(7), "0276", context).ifPresent(appointment::addReasonCode);
    for (Segment service : message.segments("AIS")) {
      service.field(1).value();
      Cwe.concept(service.field(3), context).ifPresent(appointment::addServiceType);
    }
    Nte.text(comments(message)).ifPresent(appointment::setCommentElement);
    return appointment;
  }

  private static String id(Optional<Identifier> number, MessageContext context) {
    return number
        .map(
            known ->
                LogicalKey.id("Appointment", context.sender(), known.getSystem(), known.getValue()))
        .orElseGet(
            () -> {
              context.warn("SCH-2", "no number, the appointment is known by this message alone");
              return LogicalKey.id("Appointment", "message", context.sender(), context.controlId());
            });
  }

  /** Senders write the codes of table 0278 in any letters, version 2.3 itself in capitals. */
  private static void status(
      Appointment appointment, Field field, AppointmentStatus told, MessageContext context) {
    String code = field.value().toLowerCase(Locale.ROOT);
    String written =
        code.length() < 3
            ? code.toUpperCase(Locale.ROOT)
            : code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1);
    Optional<AppointmentStatus> said =
        context
            .translate(STATUS, written)
            .map(coding -> AppointmentStatus.fromCode(coding.getCode()));
    if (said.isEmpty() && !code.isEmpty()) {
      context.warn(field.path(), "the code is not in table 0278");
    }
    appointment.setStatus(said.orElse(told));
    Origin.mark(appointment.getStatusElement(), said.isPresent() ? field.path() : "MSH-9");
  }

  /** Comments on the appointment stand behind SCH and TQ1; later ones are about one resource. */
  private static List<Segment> comments(Message message) {
    return message.segments().stream()
        .takeWhile(segment -> !List.of("PID", "RGS").contains(segment.name()))
        .filter(segment -> segment.name().equals("NTE"))
        .toList();
  }
}
