package dev.kiln.routes.hl7v2.segment.patient;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.party.Xad;
import dev.kiln.routes.hl7v2.datatype.party.Xon;
import dev.kiln.routes.hl7v2.datatype.party.Xpn;
import dev.kiln.routes.hl7v2.datatype.party.Xtn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGenderEnumFactory;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.ContactComponent;

/**
 * NK1, next of kin and others to turn to (section 3.4.5), as the patient's contacts and not as
 * related persons of their own: the segments of a message are a snapshot of them all, which as a
 * list within the patient can be replaced whole, and NK1 has no number that would tell the same
 * person in the next message.
 */
public final class Nk1 {

  /** The fields with telephones, those of a person and those of an organisation's contact. */
  private static final Map<Integer, Optional<ContactPointUse>> TELECOM =
      new TreeMap<>(
          Map.of(
              5, Optional.of(ContactPointUse.HOME),
              6, Optional.of(ContactPointUse.WORK),
              40, Optional.empty(),
              31, Optional.of(ContactPointUse.WORK),
              41, Optional.empty()));

  private Nk1() {}

  /**
   * Adds the contact to the patient. A segment that holds nobody gives a warning, and one whose
   * name is the HL7 null asks to forget the contacts.
   */
  public static void complete(Patient patient, Segment nk1, MessageContext context) {
    nk1.field(1).value();
    if (nk1.field(2).isNull()) {
      Origin.remove(patient, "contact", nk1.path());
      return;
    }
    ContactComponent contact = Origin.mark(new ContactComponent(), nk1.path());
    first(nk1, 2, 30).flatMap(name -> Xpn.name(name, context)).ifPresent(contact::setName);
    first(nk1, 4, 32).flatMap(field -> Xad.address(field, context)).ifPresent(contact::setAddress);
    TELECOM.forEach(
        (number, use) -> {
          for (Field point : nk1.repetitions(number)) {
            Xtn.contactPoint(point, use.orElse(null), context).ifPresent(contact::addTelecom);
          }
        });
    first(nk1, 13, 13)
        .flatMap(name -> Xon.organization(name, context))
        .ifPresent(contact::setOrganization);
    // FHIR wants something to reach the contact by (pat-1).
    if (contact.isEmpty()) {
      context.warn(nk1.path(), "nobody to turn to, it has neither name nor address nor telephone");
      return;
    }
    about(contact, nk1, context);
    patient.addContact(contact);
  }

  private static void about(ContactComponent contact, Segment nk1, MessageContext context) {
    Cwe.ofTable(nk1.field(3), "0063", context).ifPresent(contact::addRelationship);
    Cwe.ofTable(nk1.field(7), "0131", context).ifPresent(contact::addRelationship);
    context
        .code("v2-0001-administrative-gender", nk1.field(15), new AdministrativeGenderEnumFactory())
        .ifPresent(contact::setGenderElement);
    Ts.period(nk1.field(8), nk1.field(9), context).ifPresent(contact::setPeriod);
  }

  /**
   * The first repetition of the field that has one; a contact has room for no other, and those stay
   * unread.
   */
  private static Optional<Field> first(Segment nk1, int number, int otherwise) {
    Field field = nk1.field(number);
    return Optional.of(field.isPresent() ? field : nk1.field(otherwise)).filter(Field::isPresent);
  }
}
