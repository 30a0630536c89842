package dev.kiln.routes.sink;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import dev.kiln.routes.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Resource;

/** Finds the stored resources that one message speaks of. */
final class Known {

  private final Store store;
  private final IRepository repository;
  private final Set<String> rivals = new HashSet<>();
  private final List<String> warnings = new ArrayList<>();

  Known(Store store) {
    this.store = store;
    this.repository = store.asSystem("sink");
  }

  /**
   * The reference under which the store has, or will have, what the message speaks of. Patients and
   * visits are known by their identifiers, whoever entered them; where these lead to several, the
   * message's own id decides, else the first identifier. A patient that has been merged away stands
   * for the one that took its place.
   */
  String reference(Resource told) {
    String own = told.fhirType() + "/" + told.getIdElement().getIdPart();
    if (!(told instanceof Patient) && !(told instanceof Encounter)) {
      return own;
    }
    List<String> candidates = store.knownAs(told);
    if (candidates.size() > 1) {
      warnings.add(told.fhirType() + ".identifier: leads to " + candidates.size() + " records");
    }
    String chosen = candidates.isEmpty() || candidates.contains(own) ? own : candidates.get(0);
    candidates.stream().filter(candidate -> !candidate.equals(chosen)).forEach(rivals::add);
    return told instanceof Patient ? current(chosen) : chosen;
  }

  private String current(String reference) {
    String at = reference;
    // Merges form a chain, never a circle; the bound is for data that were entered by hand.
    for (int steps = 0; steps < 20; steps++) {
      Optional<String> next = read(at).flatMap(Known::replacement);
      if (next.isEmpty()) {
        return at;
      }
      at = next.get();
    }
    return at;
  }

  private static Optional<String> replacement(Resource patient) {
    return ((Patient) patient)
        .getLink().stream()
            .filter(link -> link.getType() == LinkType.REPLACEDBY)
            .map(link -> link.getOther().getReferenceElement())
            .map(id -> "Patient/" + id.getIdPart())
            .findFirst();
  }

  /**
   * Notes who else is known by what stands in a resource besides what the message says: a person
   * may have entered a number there that somebody else was known by first.
   */
  void alsoKnownAs(Resource merged) {
    String own = merged.fhirType() + "/" + merged.getIdElement().getIdPart();
    store.knownAs(merged).stream().filter(other -> !other.equals(own)).forEach(rivals::add);
  }

  /** What is stored under a reference; empty also where it has been deleted. */
  Optional<Resource> read(String reference) {
    IdType id = new IdType(reference);
    try {
      return Optional.of(repository.read(type(id.getResourceType()), id));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return Optional.empty();
    }
  }

  /** Resources that share an identifier with what is written and were not meant. */
  Set<String> rivals() {
    return rivals;
  }

  List<String> warnings() {
    return warnings;
  }

  @SuppressWarnings("unchecked")
  private static Class<Resource> type(String name) {
    return (Class<Resource>)
        ca.uhn.fhir.context.FhirContext.forR4Cached()
            .getResourceDefinition(name)
            .getImplementingClass();
  }
}
