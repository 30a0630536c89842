package dev.kiln.routes.hl7v2.siu;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Nm;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.PositiveIntType;

/**
 * When an appointment is: in TQ1 since version 2.5, in SCH-11 before, else in the service that is
 * booked.
 */
final class AppointmentTimes {

  private AppointmentTimes() {}

  static void set(Appointment appointment, Message message, MessageContext context) {
    Segment sch = message.firstOrEmpty("SCH");
    Segment tq1 = message.firstOrEmpty("TQ1");
    Segment ais = message.firstOrEmpty("AIS");
    tq1.field(1).value();
    Component ofService = ais.field(4).component(1);
    duration(sch, 9, context)
        .or(() -> duration(ais, 7, context))
        .ifPresent(appointment::setMinutesDurationElement);
    first(List.of(tq1.field(7).component(1), sch.field(11).component(4), ofService), context)
        .ifPresent(appointment::setStartElement);
    first(List.of(tq1.field(8).component(1), sch.field(11).component(5)), context)
        .ifPresent(appointment::setEndElement);
    complete(appointment, context);
  }

  private static Optional<InstantType> first(List<Component> places, MessageContext context) {
    List<InstantType> found = new ArrayList<>();
    for (Component place : places) {
      Ts.dateTime(place, context)
          .filter(time -> time.getValueAsString().length() > "2026-01-01".length())
          .map(time -> Origin.mark(new InstantType(time.getValueAsString()), place.path()))
          .ifPresent(found::add);
    }
    return found.stream().findFirst();
  }

  /** FHIR wants both ends or none (app-2), and none only of what is not booked (app-3). */
  private static void complete(Appointment appointment, MessageContext context) {
    if (!appointment.hasStart()) {
      context.warn("SCH-11", "no beginning, the appointment is only proposed");
      appointment.setEndElement(null);
      appointment.setStatus(AppointmentStatus.PROPOSED);
    } else if (!appointment.hasEnd() || appointment.getEnd().before(appointment.getStart())) {
      if (!appointment.hasMinutesDuration()) {
        context.warn("SCH-11", "neither end nor duration, it ends when it begins");
      }
      InstantType end = new InstantType(appointment.getStartElement().getValueAsString());
      end.setValue(
          new Date(appointment.getStart().getTime() + appointment.getMinutesDuration() * 60_000L));
      appointment.setEndElement(end);
    }
  }

  /** A number and, in the next field, its unit; minutes where there is none. */
  private static Optional<PositiveIntType> duration(
      Segment segment, int number, MessageContext context) {
    Optional<BigDecimal> sent =
        Nm.decimal(segment.field(number).value())
            .filter(value -> value.signum() > 0 && value.precision() - value.scale() < 7);
    String unit = segment.field(number + 1).value().toLowerCase(Locale.ROOT);
    BigDecimal seconds =
        switch (unit.isEmpty() ? "m" : unit.substring(0, 1)) {
          case "s" -> BigDecimal.ONE;
          case "m" -> BigDecimal.valueOf(60);
          case "h" -> BigDecimal.valueOf(3600);
          default -> BigDecimal.ZERO;
        };
    if (sent.isPresent() && seconds.signum() == 0) {
      context.warn(segment.field(number + 1).path(), "neither seconds nor minutes nor hours");
      return Optional.empty();
    }
    return sent.map(
            value ->
                value
                    .multiply(seconds)
                    .divide(BigDecimal.valueOf(60), 0, RoundingMode.CEILING)
                    .intValue())
        .map(minutes -> Origin.mark(new PositiveIntType(minutes), segment.field(number).path()));
  }
}
