package dev.kiln.routes.sink;

import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.Multimap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/** Finds the stored resource that a translated one speaks of. */
final class Known {

  /** Of HL7 table 0203: medical record, patient internal, patient external, visit. */
  private static final Set<String> NAMING = Set.of("MR", "PI", "PT", "VN");

  /** As {@code Hd} writes an authority that the message does not name. */
  private static final String UNKNOWN_AUTHORITY = "urn:kiln:authority:unknown:";

  private final IRepository repository;

  Known(IRepository repository) {
    this.repository = repository;
  }

  /**
   * The resource of the same id, or the only one that shares an identifier, as one entered by a
   * person does. Where identifiers lead to several, none is chosen: the message's own id stands.
   */
  Optional<Resource> find(Resource told) {
    Optional<Resource> same = read(told);
    return same.isPresent() ? same : byIdentifier(told);
  }

  private Optional<Resource> read(Resource told) {
    IdType id = new IdType(told.fhirType(), told.getIdElement().getIdPart());
    try {
      return Optional.of(repository.read(told.getClass(), id));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether an identifier names one patient or one visit. Numbers of other things (an account, an
   * insurance, a licence) may be shared, and a number without its authority is anybody's.
   */
  private static boolean names(Identifier identifier) {
    return identifier.hasSystem()
        && !identifier.getSystem().startsWith(UNKNOWN_AUTHORITY)
        && (!identifier.hasType()
            || identifier.getType().getCoding().stream()
                .anyMatch(type -> NAMING.contains(type.getCode())));
  }

  private Optional<Resource> byIdentifier(Resource told) {
    TokenOrListParam identifiers = new TokenOrListParam();
    for (var value : told.getNamedProperty("identifier").getValues()) {
      Identifier identifier = (Identifier) value;
      if (identifier.hasValue() && names(identifier)) {
        identifiers.add(identifier.getSystem(), identifier.getValue());
      }
    }
    if (identifiers.getValuesAsQueryTokens().isEmpty()) {
      return Optional.empty();
    }
    Multimap<String, List<IQueryParameterType>> query = ArrayListMultimap.create();
    query.put("identifier", new ArrayList<>(identifiers.getValuesAsQueryTokens()));
    Class<? extends IBaseResource> type = told.getClass();
    Bundle found = repository.search(Bundle.class, type, query);
    return found.getEntry().size() == 1
        ? Optional.of(found.getEntryFirstRep().getResource())
        : Optional.empty();
  }
}
