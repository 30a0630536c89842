package dev.kiln.routes.hl7v2.segment.visit;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Cx;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Nulls;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** PV1, one visit (section 3.4.3). */
public final class Pv1 {

  private static final String NULL_FLAVOR = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";

  /** Not the visit's own number and class, which FHIR or the next message needs. */
  private static final Nulls NULLS =
      new Nulls(
          Map.ofEntries(
              Map.entry(3, "location"),
              Map.entry(4, "type"),
              Map.entry(5, "hospitalization.preAdmissionIdentifier"),
              Map.entry(6, "location"),
              Map.entry(7, "participant"),
              Map.entry(8, "participant"),
              Map.entry(9, "participant"),
              Map.entry(10, "serviceType"),
              Map.entry(11, "location"),
              Map.entry(13, "hospitalization.reAdmission"),
              Map.entry(14, "hospitalization.admitSource"),
              Map.entry(15, "hospitalization.specialArrangement"),
              Map.entry(16, "hospitalization.specialCourtesy"),
              Map.entry(17, "participant"),
              Map.entry(18, "type"),
              Map.entry(22, "hospitalization.specialCourtesy"),
              Map.entry(36, "hospitalization.dischargeDisposition"),
              Map.entry(37, "hospitalization.destination"),
              Map.entry(38, "hospitalization.dietPreference"),
              Map.entry(39, "serviceProvider"),
              Map.entry(42, "location"),
              Map.entry(43, "location"),
              Map.entry(44, "period.start"),
              Map.entry(45, "period.end"),
              Map.entry(50, "identifier"),
              Map.entry(52, "participant")));

  private Pv1() {}

  /**
   * The visit, with the id of its number or of what there is in its place.
   *
   * @param pid where the account may stand; empty where the message has none
   * @param status while the visit has not ended, as the trigger event tells it; {@code UNKNOWN}
   *     where it does not
   * @param subject the patient, by its reference; null where nobody is known
   * @param eventTime when the event was recorded, for a visit that has neither number nor account
   *     nor beginning
   */
  public static Encounter encounter(
      Segment pv1,
      Optional<Segment> pid,
      EncounterStatus status,
      Reference subject,
      String eventTime,
      MessageContext context) {
    Encounter encounter = new Encounter();
    pv1.field(1).value();
    encounter.setSubject(subject);
    status(encounter, pv1, status);
    encounter.setClass_(encounterClass(pv1.field(2), context));
    identify(encounter, pv1, pid, eventTime, context);
    Cwe.ofTable(pv1.field(4), "0007", context).ifPresent(encounter::addType);
    Cwe.ofTable(pv1.field(18), "0018", context).ifPresent(encounter::addType);
    Cwe.ofTable(pv1.field(10), "0069", context).ifPresent(encounter::setServiceType);
    Ts.period(pv1.field(44), pv1.field(45), context).ifPresent(encounter::setPeriod);
    Pv1Participants.add(encounter, pv1, context);
    Pv1Locations.add(encounter, pv1);
    Pv1Hospitalization.set(encounter, pv1, context);
    Field servicing = pv1.field(39);
    servicing
        .component(1)
        .string()
        .map(name -> new Reference().setType("Organization").setDisplayElement(name))
        .ifPresent(
            organization ->
                encounter.setServiceProvider(Origin.mark(organization, servicing.path())));
    NULLS.in(pv1, encounter);
    return encounter;
  }

  private static void status(Encounter encounter, Segment pv1, EncounterStatus status) {
    if (pv1.field(45).isPresent()) {
      encounter.setStatus(EncounterStatus.FINISHED);
      Origin.mark(encounter.getStatusElement(), pv1.field(45).path());
    } else {
      encounter.setStatus(status);
      if (status != EncounterStatus.UNKNOWN) {
        Origin.mark(encounter.getStatusElement(), "MSH-9");
      }
    }
  }

  private static Coding encounterClass(Field field, MessageContext context) {
    Component sent = field.component(1);
    String code = Cwe.code(sent.text());
    if (code.isEmpty()) {
      context.warn(field.path(), "no patient class");
      return new Coding(NULL_FLAVOR, "UNK", "unknown");
    }
    Coding coding =
        context
            .translate("v2-0004-encounter-class", sent)
            .orElseGet(
                () -> {
                  context.warn(field.path(), "the code is not in table 0004");
                  return new Coding()
                      .setSystem(Cwe.tableSystem("0004", code, context))
                      .setCode(code);
                });
    return Origin.mark(coding, field.path());
  }

  private static void identify(
      Encounter encounter,
      Segment pv1,
      Optional<Segment> pid,
      String eventTime,
      MessageContext context) {
    Optional<Identifier> visit = Cx.identifier(pv1.field(19), "VN", context);
    Optional<Identifier> alternate = Cx.identifier(pv1.field(50), "", context);
    visit.ifPresent(encounter::addIdentifier);
    alternate.ifPresent(encounter::addIdentifier);
    Optional<Identifier> account =
        pid.flatMap(segment -> Cx.identifier(segment.field(18), "AN", context));
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
              String.valueOf(encounter.getSubject().getReference()),
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
        String.valueOf(encounter.getSubject().getReference()));
  }
}
