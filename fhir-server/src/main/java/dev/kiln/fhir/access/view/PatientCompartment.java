package dev.kiln.fhir.access.view;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;

/**
 * Whether a resource is about a patient, by
 * https://hl7.org/fhir/R4/compartmentdefinition-patient.html and the references in the resource
 * itself. The definitions come with the library and not from the store, so that no stored
 * SearchParameter moves the border.
 */
public final class PatientCompartment {

  /** In the compartment by definition, and closed all the same. */
  private static final Map<String, String> CLOSED =
      Map.of(
          "Group", "it names its other members",
          "Person", "it links to the charts of everybody that somebody stands for",
          "AuditEvent", "it names others, and belongs to the privacy officer");

  /**
   * In no compartment, and readable with a scope of a patient's level: the chart points to them, US
   * Core wants them read with it, and they tell nothing of any patient.
   */
  private static final Map<String, String> SHARED =
      Map.of(
          "Practitioner", "who treated",
          "PractitionerRole", "in which capacity",
          "Organization", "where, and who pays",
          "HealthcareService", "what is offered there",
          "Location", "in which place",
          "Medication", "what was prescribed",
          "Endpoint", "where images lie");

  /** How a parameter says that it means references to one type alone. */
  private static final Pattern NARROWED =
      Pattern.compile("\\.where\\(resolve\\(\\) is [A-Za-z]+\\)");

  private final FhirContext r4;
  private final Map<String, List<String>> parameters = new ConcurrentHashMap<>();

  public PatientCompartment(FhirContext r4) {
    this.r4 = r4;
  }

  /** What the compartment says of a type. */
  enum Rule {
    /** The patient, and not those that are linked with it: each link has a chart of its own. */
    SELF,
    /** Decided by the references of each resource. */
    MEMBER,
    /** The same for all patients; for reading only. */
    SHARED,
    CLOSED
  }

  Rule rule(String type) {
    if (type.equals("Patient")) {
      return Rule.SELF;
    }
    if (SHARED.containsKey(type)) {
      return Rule.SHARED;
    }
    return CLOSED.containsKey(type) || parameters(type).isEmpty() ? Rule.CLOSED : Rule.MEMBER;
  }

  /** Whether one may see it who may see this patient's chart. */
  boolean holds(IBaseResource resource, String patient) {
    return switch (rule(resource.fhirType())) {
      case SELF -> patient.equals(resource.getIdElement().getIdPart());
      case MEMBER -> owners(resource).anyMatch(owner -> isPatient(owner, patient));
      case SHARED -> true;
      case CLOSED -> false;
    };
  }

  /**
   * Whether one may write it who may write in this patient's chart alone: it must be in no other
   * patient's chart as well. Who may only see is not asked for that much, since an appointment of
   * two is in the charts of both.
   */
  boolean isOnlyOf(IBaseResource resource, String patient) {
    return switch (rule(resource.fhirType())) {
      case SELF -> holds(resource, patient);
      case MEMBER ->
          holds(resource, patient)
              && owners(resource)
                  .filter(owner -> "Patient".equals(owner.getResourceType()))
                  .allMatch(owner -> isPatient(owner, patient));
      case SHARED, CLOSED -> false;
    };
  }

  /**
   * The same decision as {@link #holds} in the words of {@code _filter}, for the database; empty
   * where all resources of the type are meant.
   */
  String filter(String type, String patient) {
    return switch (rule(type)) {
      case SELF -> "_id eq \"" + patient + "\"";
      case MEMBER ->
          parameters(type).stream()
              .map(parameter -> "(" + parameter + " eq \"Patient/" + patient + "\")")
              .collect(Collectors.joining(" or "));
      case SHARED -> "";
      case CLOSED -> throw new IllegalArgumentException(type + " is closed");
    };
  }

  private Stream<IIdType> owners(IBaseResource resource) {
    return r4.newTerser()
        .getCompartmentReferencesForResource("Patient", resource, Set.of())
        .map(reference -> reference.getReferenceElement());
  }

  /** An absolute address leads to another server, whatever its end looks like. */
  private static boolean isPatient(IIdType owner, String patient) {
    return !owner.hasBaseUrl()
        && "Patient".equals(owner.getResourceType())
        && patient.equals(owner.getIdPart());
  }

  private List<String> parameters(String type) {
    return r4.getResourceTypes().contains(type)
        ? parameters.computeIfAbsent(type, this::find)
        : List.of();
  }

  /** Without those that find only what another one finds as well. */
  private List<String> find(String type) {
    Map<String, String> byPath = new TreeMap<>();
    r4.getResourceDefinition(type)
        .getSearchParamsForCompartmentName("Patient")
        .forEach(parameter -> byPath.put(parameter.getPath(), parameter.getName()));
    byPath.keySet().removeIf(path -> isNarrowed(path) && byPath.containsKey(withoutType(path)));
    return byPath.values().stream().sorted().toList();
  }

  private static boolean isNarrowed(String path) {
    return NARROWED.matcher(path).find();
  }

  private static String withoutType(String path) {
    return NARROWED.matcher(path).replaceAll("");
  }
}
