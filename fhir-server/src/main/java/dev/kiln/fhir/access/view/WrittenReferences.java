package dev.kiln.fhir.access.view;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import dev.kiln.fhir.access.Refusal;
import dev.kiln.fhir.access.view.PatientCompartment.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;

/**
 * What a written resource may point to. The store refuses references that lead nowhere, and so
 * would tell a caller which ids there are; and it looks up references that are searches, and so
 * would tell more.
 */
public final class WrittenReferences {

  /** A type and a query, also with the escapes that JSON knows. */
  private static final Pattern SEARCH = Pattern.compile("[A-Z][A-Za-z]+(\\?|\\\\u003[fF])");

  private final FhirContext r4;
  private final PatientCompartment compartment;
  private final DaoRegistry daos;

  public WrittenReferences(FhirContext r4, PatientCompartment compartment, DaoRegistry daos) {
    this.r4 = r4;
    this.compartment = compartment;
    this.daos = daos;
  }

  public List<String> of(IBaseResource resource) {
    return r4.newTerser().getAllPopulatedChildElementsOfType(resource, Reference.class).stream()
        .map(Reference::getReference)
        .filter(reference -> reference != null)
        .distinct()
        .toList();
  }

  /**
   * @param patient in whose chart the references must stay; null where they need not
   * @param known references that have been there before
   * @throws UnprocessableEntityException with the same words for what is absent and for what is in
   *     another patient's chart
   */
  public void check(String patient, Collection<String> known, IBaseResource written) {
    for (String reference : of(written)) {
      if (known.contains(reference)) {
        continue;
      }
      refuseSearch(reference);
      IdType id = new IdType(reference);
      if (patient != null && id.hasResourceType() && id.hasIdPart() && !isInChart(id, patient)) {
        throw new UnprocessableEntityException(
            "The reference to " + id.getResourceType() + " leads to nothing in this chart");
      }
    }
  }

  /**
   * A transaction looks up such references before the storage's hooks see the resource, so they are
   * refused in its entries. A patch comes there as a Binary.
   */
  public void refuseSearches(IBaseResource entry) {
    if (entry instanceof Binary patch && patch.getData() != null) {
      String text = new String(patch.getData(), StandardCharsets.UTF_8);
      if (SEARCH.matcher(text).find()) {
        throw Refusal.closed("A reference by a search");
      }
    } else if (entry != null) {
      of(entry).forEach(WrittenReferences::refuseSearch);
    }
  }

  private static void refuseSearch(String reference) {
    if (reference.contains("?")) {
      throw Refusal.closed("A reference by a search");
    }
  }

  private boolean isInChart(IdType id, String patient) {
    Rule rule =
        r4.getResourceTypes().contains(id.getResourceType())
            ? compartment.rule(id.getResourceType())
            : Rule.CLOSED;
    return switch (rule) {
      case SELF -> id.getIdPart().equals(patient);
      case MEMBER -> isStoredInChart(id, patient);
      case SHARED -> true;
      case CLOSED -> false;
    };
  }

  private boolean isStoredInChart(IdType id, String patient) {
    try {
      return compartment.holds(
          daos.getResourceDao(id.getResourceType())
              .read(id.toUnqualifiedVersionless(), new SystemRequestDetails()),
          patient);
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return false;
    }
  }
}
