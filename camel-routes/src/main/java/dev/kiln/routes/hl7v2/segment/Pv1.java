package dev.kiln.routes.hl7v2.segment;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Cx;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.Xcn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterHospitalizationComponent;
import org.hl7.fhir.r4.model.Encounter.EncounterLocationStatus;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** PV1, one visit (section 3.4.3). */
public final class Pv1 {

  private static final String NULL_FLAVOR = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";
  private static final String PARTICIPATION =
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

  /** Fields with people, and what these do in the visit. */
  private static final Map<Integer, String> PARTICIPANTS =
      new TreeMap<>(Map.of(7, "ATND", 8, "REF", 9, "CON", 17, "ADM", 52, "PART"));

  private Pv1() {}

  /**
   * The visit, with the id of its number or of what there is in its place.
   *
   * @param status while the visit has not ended
   * @param subject the patient, by its reference
   * @param eventTime when the event was recorded, for a visit that has neither number nor account
   *     nor beginning
   */
  public static Encounter encounter(
      Segment pv1,
      Segment pid,
      EncounterStatus status,
      Reference subject,
      String eventTime,
      MessageContext context) {
    Encounter encounter = new Encounter();
    pv1.field(1).value();
    encounter.setSubject(subject);
    boolean ended = pv1.field(45).isPresent();
    encounter.setStatus(ended ? EncounterStatus.FINISHED : status);
    encounter.setClass_(encounterClass(pv1.field(2), context));
    identify(encounter, pv1, pid, eventTime, context);
    Cwe.ofTable(pv1.field(4), "0007", context).ifPresent(encounter::addType);
    Cwe.ofTable(pv1.field(10), "0069", context).ifPresent(encounter::setServiceType);
    Ts.period(pv1.field(44), pv1.field(45), context).ifPresent(encounter::setPeriod);
    PARTICIPANTS.forEach((number, type) -> participants(encounter, pv1, number, type, context));
    location(encounter, pv1.field(3), presence(encounter.getStatus()));
    location(encounter, pv1.field(6), EncounterLocationStatus.COMPLETED);
    hospitalization(encounter, pv1, context);
    return encounter;
  }

  private static Coding encounterClass(Field field, MessageContext context) {
    Optional<String> code =
        Optional.of(Cwe.code(field.component(1).text())).filter(text -> !text.isEmpty());
    if (code.isEmpty()) {
      context.warn(field.path(), "no patient class");
      return new Coding(NULL_FLAVOR, "UNK", "unknown");
    }
    return context
        .translate("v2-0004-encounter-class", code.get())
        .orElseGet(
            () -> {
              context.warn(field.path(), "the code is not in table 0004");
              return new Coding()
                  .setSystem(Cwe.tableSystem("0004", code.get(), context))
                  .setCode(code.get());
            });
  }

  private static void identify(
      Encounter encounter, Segment pv1, Segment pid, String eventTime, MessageContext context) {
    Optional<Identifier> visit = Cx.identifier(pv1.field(19), "VN", context);
    Optional<Identifier> alternate = Cx.identifier(pv1.field(50), "", context);
    visit.ifPresent(encounter::addIdentifier);
    alternate.ifPresent(encounter::addIdentifier);
    Optional<Identifier> account = Cx.identifier(pid.field(18), "AN", context);
    if (visit.isPresent()) {
      encounter.setId(id("visit", visit.get(), encounter));
    } else if (account.isPresent()) {
      // Only here: with visit numbers, one account covers several visits.
      encounter.addIdentifier(account.get());
      encounter.setId(id("account", account.get(), encounter));
    } else {
      String admitted = pv1.field(44).value();
      encounter.setId(
          LogicalKey.id(
              "Encounter",
              "patient",
              encounter.getSubject().getReference(),
              admitted.isEmpty() ? eventTime : admitted));
    }
  }

  /** The patient is part of it: many senders count the visits of each patient from one. */
  private static String id(String kind, Identifier number, Encounter encounter) {
    return LogicalKey.id(
        "Encounter",
        kind,
        number.getSystem(),
        number.getValue(),
        encounter.getSubject().getReference());
  }

  private static void participants(
      Encounter encounter, Segment pv1, int number, String type, MessageContext context) {
    for (Field field : pv1.repetitions(number)) {
      Xcn.practitioner(field, context)
          .ifPresent(
              person ->
                  encounter
                      .addParticipant()
                      .setIndividual(person)
                      .addType()
                      .addCoding()
                      .setSystem(PARTICIPATION)
                      .setCode(type));
    }
  }

  /**
   * Where the visit's status is not known, neither is whether the patient is still in the place.
   */
  private static EncounterLocationStatus presence(EncounterStatus status) {
    return switch (status) {
      case FINISHED -> EncounterLocationStatus.COMPLETED;
      case INPROGRESS -> EncounterLocationStatus.ACTIVE;
      default -> null;
    };
  }

  /** PL (chapter 2A): from the facility down to the bed. */
  private static void location(Encounter encounter, Field field, EncounterLocationStatus status) {
    String display =
        Stream.of(
                field.component(4).value(),
                field.component(7).text(),
                field.component(8).text(),
                field.component(1).text(),
                field.component(2).text(),
                field.component(3).text())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    if (display.isEmpty()) {
      display = field.component(9).text();
    }
    if (!display.isEmpty()) {
      encounter
          .addLocation()
          .setStatus(status)
          .setLocation(new Reference().setType("Location").setDisplay(display));
    }
  }

  private static void hospitalization(Encounter encounter, Segment pv1, MessageContext context) {
    EncounterHospitalizationComponent stay = new EncounterHospitalizationComponent();
    Cx.identifier(pv1.field(5), "", context).ifPresent(stay::setPreAdmissionIdentifier);
    Cwe.ofTable(pv1.field(13), "0092", context).ifPresent(stay::setReAdmission);
    Cwe.ofTable(pv1.field(14), "0023", context).ifPresent(stay::setAdmitSource);
    for (Field arrangement : pv1.repetitions(15)) {
      Cwe.ofTable(arrangement, "0009", context).ifPresent(stay::addSpecialArrangement);
    }
    Cwe.ofTable(pv1.field(36), "0112", context).ifPresent(stay::setDischargeDisposition);
    if (!stay.isEmpty()) {
      encounter.setHospitalization(stay);
    }
  }
}
