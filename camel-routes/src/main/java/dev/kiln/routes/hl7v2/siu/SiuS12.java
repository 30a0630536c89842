package dev.kiln.routes.hl7v2.siu;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.TransactionBundle;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.patient.Pid;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Bundle;

/**
 * SIU^S12, an appointment is booked (section 10.4.1): the appointment with its patient, who is only
 * mentioned, and the people, places and things that it needs.
 */
public final class SiuS12 implements Hl7v2Translator {

  @Override
  public String trigger() {
    return "SIU^S12";
  }

  @Override
  public Bundle translate(Message message, MessageContext context) {
    TransactionBundle transaction = new TransactionBundle();
    Segment sch = message.firstOrEmpty("SCH");
    if (!sch.hasContent()) {
      return transaction.bundle();
    }
    Appointment appointment = Sch.appointment(sch, AppointmentStatus.BOOKED, message, context);
    AppointmentTimes.set(appointment, message, context);
    for (Segment pid : message.segments("PID").stream().filter(Segment::hasContent).toList()) {
      AppointmentParticipants.add(
          appointment,
          Origin.mark(
              transaction.putOnce(Origin.mentioned(Pid.patient(pid, context))), pid.path()));
    }
    AppointmentParticipants.add(appointment, message, context);
    if (!appointment.hasParticipant()) {
      context.warn("SCH", "an appointment of nobody, FHIR has none such");
      return new Bundle();
    }
    transaction.put(appointment);
    return transaction.bundle();
  }
}
