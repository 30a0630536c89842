package dev.kiln.routes.hl7v2.siu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.hl7v2.er7.Message;
import java.time.OffsetDateTime;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times, states and numbers of appointments; what else becomes of one is in the example. */
class SiuS12Test {

  private static final String MSH = "MSH|^~\\&|SCHED|HOSP|||20260301||SIU^S12|MSG1|P|2.5";

  private MessageContext context;

  private Bundle translate(String... segments) {
    String[] all = new String[segments.length + 1];
    all[0] = MSH;
    System.arraycopy(segments, 0, all, 1, segments.length);
    Message message = Sample.message(all);
    context = Sample.context(message);
    return new SiuS12().translate(message, context);
  }

  private Appointment appointment(String... segments) {
    Bundle bundle = translate(segments);
    return (Appointment) bundle.getEntry().get(bundle.getEntry().size() - 1).getResource();
  }

  @ParameterizedTest
  @CsvSource({
    "SCH|1|2|||||||30|MIN|^^^202604010900^202604010930,TQ1|1,2026-04-01T09:00:00+02:00,2026-04-01T09:30:00+02:00,30",
    "SCH|1|2|||||||30||^^^202604010900,TQ1|1,2026-04-01T09:00:00+02:00,2026-04-01T09:30:00+02:00,30",
    "SCH|1|2|||||||1|hr,TQ1|1||||||202604011000,2026-04-01T10:00:00+02:00,2026-04-01T11:00:00+02:00,60",
    "SCH|1|2|||||||90|S,AIS|1||X|202604011000,2026-04-01T10:00:00+02:00,2026-04-01T10:02:00+02:00,2",
    "SCH|1|2,AIS|1||X|202604011000|||15|min,2026-04-01T10:00:00+02:00,2026-04-01T10:15:00+02:00,15"
  })
  void theTimesStandInOneOfThreePlaces(
      String sch, String other, String start, String end, int minutes) {
    Appointment appointment = appointment(sch, other, "PID|||1^^^A");

    assertThat(appointment.getStartElement().getValueAsString()).isEqualTo(start);
    assertThat(appointment.getEnd().toInstant()).isEqualTo(OffsetDateTime.parse(end).toInstant());
    assertThat(appointment.getMinutesDuration()).isEqualTo(minutes);
    assertThat(appointment.getStatus().toCode()).isEqualTo("booked");
  }

  @ParameterizedTest
  @CsvSource({
    "20260401,SCH-11: no beginning",
    "'',SCH-11: no beginning",
    "202604010900,SCH-11: neither end nor duration"
  })
  void whatIsMissingIsWarnedOf(String start, String warning) {
    Appointment appointment = appointment("SCH|1|2|||||||||^^^" + start, "PID|||1^^^A");

    assertThat(context.warnings()).anyMatch(sentence -> sentence.startsWith(warning));
    assertThat(appointment.hasStart()).isEqualTo(appointment.hasEnd());
    assertThat(appointment.getStatus().toCode())
        .isEqualTo(appointment.hasStart() ? "booked" : "proposed");
  }

  @ParameterizedTest
  @CsvSource({
    "Booked,booked,SCH-25",
    "NOSHOW,noshow,SCH-25",
    "dc,cancelled,SCH-25",
    "'',booked,MSH-9",
    "Scheduled,booked,MSH-9"
  })
  void theFillerSaysTheStatus(String code, String status, String origin) {
    Appointment appointment =
        appointment("SCH|1|2|||||||30||^^^202604010900" + "|".repeat(14) + code, "PID|||1^^^A");

    assertThat(appointment.getStatus().toCode()).isEqualTo(status);
    assertThat(Origin.of(appointment.getStatusElement())).contains(origin);
  }

  @Test
  void anAppointmentIsKnownByItsFillersNumber() {
    String time = "|||||||30||^^^202604010900";
    String pid = "PID|||1^^^A";

    assertThat(appointment("SCH|1|2" + time, pid).getId())
        .isEqualTo(appointment("SCH|9|2" + time, pid).getId())
        .isNotEqualTo(appointment("SCH|1|3" + time, pid).getId());
    assertThat(appointment("SCH|1|" + time, pid).getId())
        .isEqualTo(appointment("SCH|1|" + time, pid).getId())
        .isNotEqualTo(appointment("SCH|2|" + time, pid).getId());
  }

  @Test
  void anAppointmentOfNobodyIsNone() {
    assertThat(translate("SCH|1|2|||||||30||^^^202604010900").hasEntry()).isFalse();
    assertThat(translate("PID|||1").hasEntry()).isFalse();
  }
}
