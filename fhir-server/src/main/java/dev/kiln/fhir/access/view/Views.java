package dev.kiln.fhir.access.view;

import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import dev.kiln.fhir.access.Caller;
import dev.kiln.fhir.access.Permission;
import dev.kiln.fhir.access.Permission.Interaction;
import dev.kiln.fhir.access.Permission.Level;
import dev.kiln.fhir.access.view.PatientCompartment.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Works out from a caller's permissions what it may do with a type. */
public final class Views {

  private static final Set<Interaction> READING = EnumSet.of(Interaction.READ, Interaction.SEARCH);

  /**
   * Closed to tokens of persons until there is a proof: a Binary is judged by the resource that
   * points to it, and one's own security context.
   */
  private static final Set<String> CLOSED = Set.of("Binary");

  /**
   * Whoever writes them changes what the server does for everybody: which values are searched for,
   * and to whom it opens connections.
   */
  private static final Set<String> STEERING = Set.of("SearchParameter", "Subscription");

  private final PatientCompartment compartment;
  private final ISearchParamRegistry parameters;
  private final SearchParamMatcher matcher;

  public Views(
      PatientCompartment compartment, ISearchParamRegistry parameters, SearchParamMatcher matcher) {
    this.compartment = compartment;
    this.parameters = parameters;
    this.matcher = matcher;
  }

  public View of(Caller caller, String type, Interaction interaction) {
    return of(caller, type, EnumSet.of(interaction));
  }

  /** What any of several interactions opens. */
  public View of(Caller caller, String type, Set<Interaction> interactions) {
    boolean writing = !READING.containsAll(interactions);
    List<View.Clause> clauses = new ArrayList<>();
    if (caller.isSystem() || !CLOSED.contains(type) && !(writing && STEERING.contains(type))) {
      for (Interaction interaction : interactions) {
        for (Permission permission : caller.allowing(type, interaction)) {
          if (isOpen(permission.level(), type, writing)) {
            String patient = permission.level() == Level.PATIENT ? caller.patient() : null;
            ScopeQuery.of(type, permission.query(), parameters, matcher)
                .ifPresent(query -> clauses.add(new View.Clause(patient, query)));
          }
        }
      }
    }
    return new View(type, writing, clauses, compartment);
  }

  private boolean isOpen(Level level, String type, boolean writing) {
    Rule rule = compartment.rule(type);
    return level != Level.PATIENT || rule != Rule.CLOSED && !(writing && rule == Rule.SHARED);
  }
}
