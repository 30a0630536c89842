package dev.kiln.routes.hl7v2.segment.patient;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.party.Xad;
import dev.kiln.routes.hl7v2.datatype.party.Xpn;
import dev.kiln.routes.hl7v2.datatype.party.Xtn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Nulls;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGenderEnumFactory;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/** PID, who the patient is (section 3.4.2). */
public final class Pid {

  private static final String EXTENSION = "http://hl7.org/fhir/StructureDefinition/patient-";

  /** Not the numbers of PID-2 to PID-4: without them nobody would be known. */
  private static final Nulls NULLS =
      new Nulls(
          Map.ofEntries(
              Map.entry(5, "name"),
              Map.entry(6, "extension"),
              Map.entry(7, "birthDate"),
              Map.entry(8, "gender"),
              Map.entry(9, "name"),
              Map.entry(10, "extension"),
              Map.entry(11, "address"),
              Map.entry(12, "address"),
              Map.entry(13, "telecom"),
              Map.entry(14, "telecom"),
              Map.entry(15, "communication"),
              Map.entry(16, "maritalStatus"),
              Map.entry(17, "extension"),
              Map.entry(18, "identifier"),
              Map.entry(19, "identifier"),
              Map.entry(20, "identifier"),
              Map.entry(22, "extension"),
              Map.entry(23, "extension"),
              Map.entry(24, "multipleBirth"),
              Map.entry(25, "multipleBirth"),
              Map.entry(26, "extension"),
              Map.entry(28, "extension"),
              Map.entry(29, "deceased"),
              Map.entry(30, "deceased"),
              Map.entry(35, "extension"),
              Map.entry(40, "telecom")));

  private Pid() {}

  /**
   * The patient, with the id of its first medical record number or of what there is in its place.
   */
  public static Patient patient(Segment pid, MessageContext context) {
    Patient patient = new Patient();
    pid.field(1).value();
    PidIdentifiers identifiers = PidIdentifiers.of(pid, context);
    identifiers.all().forEach(patient::addIdentifier);
    patient.setId(id(identifiers, pid, context));
    for (int names : new int[] {5, 9}) {
      pid.repetitions(names).forEach(name -> Xpn.name(name, context).ifPresent(patient::addName));
    }
    birth(pid, patient, context);
    context
        .code("v2-0001-administrative-gender", pid.field(8), new AdministrativeGenderEnumFactory())
        .ifPresent(patient::setGenderElement);
    addresses(pid, patient, context);
    telecom(pid, 13, ContactPointUse.HOME, patient, context);
    telecom(pid, 14, ContactPointUse.WORK, patient, context);
    telecom(pid, 40, null, patient, context);
    for (Field language : pid.repetitions(15)) {
      PrimaryLanguage.concept(language, context)
          .ifPresent(
              concept ->
                  Origin.mark(
                      patient.addCommunication().setLanguage(concept).setPreferred(true),
                      language.path()));
    }
    Cwe.mapped(pid.field(16), "v2-0002-marital-status", context)
        .ifPresent(patient::setMaritalStatus);
    PidExtensions.of(pid, context).forEach(patient::addExtension);
    death(pid, patient, context);
    NULLS.in(pid, patient);
    return patient;
  }

  private static String id(PidIdentifiers identifiers, Segment pid, MessageContext context) {
    Optional<Identifier> key = identifiers.key();
    if (key.isPresent()) {
      return LogicalKey.id("Patient", key.get().getSystem(), key.get().getValue());
    }
    context.warn(pid.field(3).path(), "empty, the patient is known by this message alone");
    // Several nameless patients of one message are told apart by their segments.
    return pid.index() == 1
        ? LogicalKey.id("Patient", "message", context.sender(), context.controlId())
        : LogicalKey.id(
            "Patient",
            "message",
            context.sender(),
            context.controlId(),
            String.valueOf(pid.index()));
  }

  private static void birth(Segment pid, Patient patient, MessageContext context) {
    Field birth = pid.field(7);
    Ts.date(birth, context)
        .ifPresent(
            date -> {
              patient.setBirthDateElement(date);
              if (birth.value().length() > 8) {
                Ts.dateTime(birth, context)
                    .filter(time -> time.getValueAsString().length() > 10)
                    .ifPresent(time -> date.addExtension(EXTENSION + "birthTime", time));
              }
            });
    Xpn.name(pid.field(6), context)
        .filter(mother -> mother.hasFamily())
        .map(mother -> new StringType(mother.getFamily()))
        .ifPresent(
            name ->
                Origin.mark(
                    patient.addExtension().setUrl(EXTENSION + "mothersMaidenName").setValue(name),
                    pid.field(6).path()));
    pid.field(23)
        .component(1)
        .string()
        .map(place -> new Address().setTextElement(place))
        .ifPresent(
            place ->
                Origin.mark(
                    patient.addExtension().setUrl(EXTENSION + "birthPlace").setValue(place),
                    pid.field(23).path()));
    multipleBirth(pid, patient);
  }

  private static void multipleBirth(Segment pid, Patient patient) {
    String indicator = pid.field(24).value();
    String order = pid.field(25).value();
    if (order.matches("[1-9][0-9]?") && !indicator.equalsIgnoreCase("N")) {
      patient.setMultipleBirth(Origin.mark(new IntegerType(order), pid.field(25).path()));
    } else {
      indicator(pid.field(24)).ifPresent(patient::setMultipleBirth);
    }
  }

  private static void addresses(Segment pid, Patient patient, MessageContext context) {
    pid.repetitions(11)
        .forEach(address -> Xad.address(address, context).ifPresent(patient::addAddress));
    Field county = pid.field(12);
    if (county.component(1).isPresent() && patient.getAddress().size() < 2 && !has(patient)) {
      if (!patient.hasAddress()) {
        Origin.mark(patient.addAddress(), county.path());
      }
      county.component(1).string().ifPresent(patient.getAddressFirstRep()::setDistrictElement);
    }
  }

  private static boolean has(Patient patient) {
    return patient.hasAddress() && patient.getAddressFirstRep().hasDistrict();
  }

  private static void telecom(
      Segment pid, int number, ContactPointUse use, Patient patient, MessageContext context) {
    pid.repetitions(number)
        .forEach(point -> Xtn.contactPoint(point, use, context).ifPresent(patient::addTelecom));
  }

  private static void death(Segment pid, Patient patient, MessageContext context) {
    Ts.dateTime(pid.field(29), context).ifPresent(patient::setDeceased);
    Optional<BooleanType> indicator = indicator(pid.field(30));
    if (!patient.hasDeceased()) {
      indicator.ifPresent(patient::setDeceased);
    }
  }

  /** Yes or no of table 0136. */
  private static Optional<BooleanType> indicator(Field field) {
    String code = field.value();
    return code.matches("(?i)[YN]")
        ? Optional.of(Origin.mark(new BooleanType(code.equalsIgnoreCase("Y")), field.path()))
        : Optional.empty();
  }
}
