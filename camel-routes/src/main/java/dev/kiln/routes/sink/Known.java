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
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/** Finds the stored resource that a translated one speaks of. */
final class Known {

  private final IRepository repository;

  Known(IRepository repository) {
    this.repository = repository;
  }

  /**
   * The resource of the same id, or the only one that shares an identifier, as one entered by a person does. Where
   * identifiers lead to several, none is chosen: the message's own id stands.
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

  private Optional<Resource> byIdentifier(Resource told) {
    TokenOrListParam identifiers = new TokenOrListParam();
    for (var value : told.getNamedProperty("identifier").getValues()) {
      Identifier identifier = (Identifier) value;
      if (identifier.hasSystem() && identifier.hasValue()) {
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
