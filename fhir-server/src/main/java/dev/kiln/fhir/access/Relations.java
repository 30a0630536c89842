package dev.kiln.fhir.access;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Person;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;

/**
 * What says who acts for whom, and which patient stands for which. Sign-in lets a proxy choose by
 * it, and messages find their patient by it, so that whoever could change it could open charts that
 * no scope gives them. It is for services and the operator to change, and not for people's apps.
 */
final class Relations {

  private Relations() {}

  /**
   * @param before null where the resource comes into being: then whom it is about is part of
   *     registering it, and only a patient that another one has taken the place of is refused
   */
  static void refuseChange(Caller caller, IBaseResource before, IBaseResource after) {
    boolean isChanged =
        before == null
            ? after instanceof Patient && !of(after).isEmpty()
            : !of(before).equals(of(after));
    if (!caller.isSystem() && isChanged) {
      throw Refusal.closed("Changing whom a " + after.fhirType() + " stands for");
    }
  }

  private static List<String> of(IBaseResource resource) {
    Stream<Reference> related = Stream.of();
    if (resource instanceof RelatedPerson person) {
      related = Stream.of(person.getPatient());
    } else if (resource instanceof Person person) {
      related = person.getLink().stream().map(Person.PersonLinkComponent::getTarget);
    } else if (resource instanceof Patient patient) {
      related =
          patient.getLink().stream()
              .filter(link -> link.getType() == LinkType.REPLACEDBY)
              .map(Patient.PatientLinkComponent::getOther);
    }
    return related
        .map(reference -> reference.getReferenceElement().toUnqualifiedVersionless().getValue())
        .map(String::valueOf)
        .sorted()
        .toList();
  }
}
