package dev.kiln.fhir.access.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Which resources of one type a caller may read, find or write: those that any one of its
 * permissions allows.
 */
public final class View {

  /**
   * What one permission allows.
   *
   * @param patient whose chart is meant; null for all
   */
  record Clause(String patient, ScopeQuery query) {}

  private final String type;
  private final boolean writing;
  private final List<Clause> clauses;
  private final PatientCompartment compartment;

  View(String type, boolean writing, List<Clause> clauses, PatientCompartment compartment) {
    this.type = type;
    this.writing = writing;
    this.clauses = clauses;
    this.compartment = compartment;
  }

  public boolean isNothing() {
    return clauses.isEmpty();
  }

  /** Whether it holds every resource of the type. */
  public boolean isWhole() {
    return clauses.stream().anyMatch(clause -> filter(clause).isEmpty());
  }

  public boolean holds(IBaseResource resource) {
    return clauses.stream()
        .anyMatch(clause -> isInChart(clause, resource) && clause.query().matches(resource));
  }

  private boolean isInChart(Clause clause, IBaseResource resource) {
    if (clause.patient() == null) {
      return true;
    }
    return writing
        ? compartment.isOnlyOf(resource, clause.patient())
        : compartment.holds(resource, clause.patient());
  }

  /**
   * The same in the words of {@code _filter}, so that counts and pages are those of the view. Each
   * part stands in brackets: HAPI gives "and" no precedence over "or".
   */
  public String filter() {
    List<String> each = new ArrayList<>();
    for (Clause clause : clauses) {
      each.add("(" + filter(clause) + ")");
    }
    return each.stream().distinct().collect(Collectors.joining(" or "));
  }

  private String filter(Clause clause) {
    String chart = clause.patient() == null ? "" : compartment.filter(type, clause.patient());
    return Stream.of(chart, clause.query().filter())
        .filter(part -> !part.isEmpty())
        .map(part -> "(" + part + ")")
        .collect(Collectors.joining(" and "));
  }
}
