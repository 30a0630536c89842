package dev.kiln.routes.hl7v2.segment.finance;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Cx;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.party.Xad;
import dev.kiln.routes.hl7v2.datatype.party.Xpn;
import dev.kiln.routes.hl7v2.datatype.party.Xtn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGenderEnumFactory;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;

/**
 * Where a segment keeps a person who pays for the patient.
 *
 * @param number the person's own numbers; 0 where the segment has no such field, as with all others
 */
record RelatedParty(
    int number,
    int name,
    int address,
    List<Integer> telephones,
    int birth,
    int sex,
    int relationship) {

  /** SEL of table 0063, and 18, which X12 has for the same. */
  static boolean isPatient(Field relationship) {
    return List.of("SEL", "18").contains(relationship.value());
  }

  /** The person; empty where the segment names none. */
  Optional<RelatedPerson> person(Segment segment, Reference patient, MessageContext context) {
    RelatedPerson person = new RelatedPerson();
    fields(segment, number)
        .forEach(field -> Cx.identifier(field, "", context).ifPresent(person::addIdentifier));
    fields(segment, name).forEach(field -> Xpn.name(field, context).ifPresent(person::addName));
    if (person.isEmpty()) {
      return Optional.empty();
    }
    person.setPatient(patient);
    person.setId(id(person));
    fields(segment, address)
        .forEach(field -> Xad.address(field, context).ifPresent(person::addAddress));
    for (int telephone : telephones) {
      fields(segment, telephone)
          .forEach(
              field ->
                  Xtn.contactPoint(field, ContactPointUse.HOME, context)
                      .ifPresent(person::addTelecom));
    }
    Ts.date(segment.field(birth), context).ifPresent(person::setBirthDateElement);
    context
        .code(
            "v2-0001-administrative-gender",
            segment.field(sex),
            new AdministrativeGenderEnumFactory())
        .ifPresent(person::setGenderElement);
    Cwe.ofTable(segment.field(relationship), "0063", context).ifPresent(person::addRelationship);
    return Optional.of(person);
  }

  private static Stream<Field> fields(Segment segment, int number) {
    return number == 0 ? Stream.empty() : segment.repetitions(number).stream();
  }

  private static String id(RelatedPerson person) {
    String patient = person.getPatient().getReference();
    if (person.hasIdentifier()) {
      String system = person.getIdentifierFirstRep().getSystem();
      String value = person.getIdentifierFirstRep().getValue();
      return LogicalKey.id("RelatedPerson", patient, system, value);
    }
    HumanName name = person.getNameFirstRep();
    return LogicalKey.id("RelatedPerson", patient, name.getNameAsSingleString());
  }
}
