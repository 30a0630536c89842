package dev.kiln.routes.hl7v2.segment;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.Xad;
import dev.kiln.routes.hl7v2.datatype.Xpn;
import dev.kiln.routes.hl7v2.datatype.Xtn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/** PID, who the patient is (section 3.4.2). */
public final class Pid {

  private static final String EXTENSION = "http://hl7.org/fhir/StructureDefinition/patient-";

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
        .code("v2-0001-administrative-gender", pid.field(8).value(), pid.field(8).path())
        .ifPresent(code -> patient.setGender(AdministrativeGender.fromCode(code)));
    addresses(pid, patient, context);
    telecom(pid, 13, ContactPointUse.HOME, patient, context);
    telecom(pid, 14, ContactPointUse.WORK, patient, context);
    telecom(pid, 40, null, patient, context);
    pid.repetitions(15).stream()
        .flatMap(language -> PrimaryLanguage.concept(language, context).stream())
        .forEach(language -> patient.addCommunication().setLanguage(language));
    maritalStatus(pid.field(16), patient, context);
    death(pid, patient, context);
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
        .ifPresent(
            mother ->
                patient.addExtension(
                    EXTENSION + "mothersMaidenName", new StringType(mother.getFamily())));
    String place = pid.field(23).value();
    if (!place.isEmpty()) {
      patient.addExtension(EXTENSION + "birthPlace", new Address().setText(place));
    }
    multipleBirth(pid, patient);
  }

  private static void multipleBirth(Segment pid, Patient patient) {
    String indicator = pid.field(24).value();
    String order = pid.field(25).value();
    if (order.matches("[1-9][0-9]?") && !indicator.equalsIgnoreCase("N")) {
      patient.setMultipleBirth(new IntegerType(order));
    } else if (indicator.matches("(?i)[YN]")) {
      patient.setMultipleBirth(new BooleanType(indicator.equalsIgnoreCase("Y")));
    }
  }

  private static void addresses(Segment pid, Patient patient, MessageContext context) {
    pid.repetitions(11)
        .forEach(address -> Xad.address(address, context).ifPresent(patient::addAddress));
    String county = pid.field(12).value();
    if (!county.isEmpty() && patient.getAddress().size() < 2 && !has(patient)) {
      patient.getAddressFirstRep().setDistrict(county);
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

  private static void maritalStatus(Field field, Patient patient, MessageContext context) {
    context
        .translate("v2-0002-marital-status", field.value())
        .ifPresentOrElse(
            coding -> patient.getMaritalStatus().addCoding(coding),
            () -> Cwe.ofTable(field, "0002", context).ifPresent(patient::setMaritalStatus));
  }

  private static void death(Segment pid, Patient patient, MessageContext context) {
    String indicator = pid.field(30).value();
    Ts.dateTime(pid.field(29), context).ifPresent(patient::setDeceased);
    if (!patient.hasDeceased() && indicator.matches("(?i)[YN]")) {
      patient.setDeceased(new BooleanType(indicator.equalsIgnoreCase("Y")));
    }
  }
}
