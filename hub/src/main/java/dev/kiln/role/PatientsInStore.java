package dev.kiln.role;

import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.Multimap;
import dev.kiln.auth.Account;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.SmartScope;
import dev.kiln.fhir.LocalStore;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Person;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;

/**
 * The patients that somebody may open an app for: members of the staff any whose role lets them
 * look for patients, everybody else those whom their record in the store stands for.
 */
final class PatientsInStore implements PatientDirectory {

  private static final SmartScope LOOKING = SmartScope.of("user/Patient.rs").orElseThrow();

  private final LocalStore store;
  private final Accounts accounts;

  PatientsInStore(LocalStore store, Accounts accounts) {
    this.store = store;
    this.accounts = accounts;
  }

  @Override
  public List<Entry> find(Account on, String text, int most) {
    if (!mayLook(on)) {
      return own(on).stream().filter(entry -> holds(entry, text)).limit(most).toList();
    }
    Map<String, Entry> found = new LinkedHashMap<>();
    // A number is an identifier before it is a part of a name.
    for (Multimap<String, List<IQueryParameterType>> query : queries(text.strip())) {
      for (Bundle.BundleEntryComponent entry :
          repository().search(Bundle.class, Patient.class, query).getEntry()) {
        Patient patient = (Patient) entry.getResource();
        if (isOpen(patient)) {
          found.putIfAbsent(patient.getIdElement().getIdPart(), entry(patient));
        }
      }
    }
    return found.values().stream().limit(most).toList();
  }

  @Override
  public Optional<Entry> entry(Account on, String id) {
    return mayLook(on)
        ? patient("Patient/" + id)
        : own(on).stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  private boolean mayLook(Account on) {
    return isOf("Practitioner", on)
        && accounts.ceiling(on).resources().stream().anyMatch(scope -> scope.covers(LOOKING));
  }

  private static boolean isOf(String type, Account on) {
    return on.fhirUser() != null && on.fhirUser().startsWith(type + "/");
  }

  private List<Entry> own(Account on) {
    List<String> references = new ArrayList<>();
    if (isOf("Patient", on)) {
      references.add(on.fhirUser());
    } else if (isOf("RelatedPerson", on)) {
      references.addAll(patientOf(on.fhirUser()));
    } else if (isOf("Person", on)) {
      read(Person.class, on.fhirUser()).stream()
          .flatMap(person -> person.getLink().stream())
          .map(link -> plain(link.getTarget()))
          .forEach(
              target -> {
                if (target.startsWith("Patient/")) {
                  references.add(target);
                } else if (target.startsWith("RelatedPerson/")) {
                  references.addAll(patientOf(target));
                }
              });
    }
    return references.stream().distinct().flatMap(one -> patient(one).stream()).toList();
  }

  /** Nobody's where the relation is not in force any more. */
  private List<String> patientOf(String relatedPerson) {
    return read(RelatedPerson.class, relatedPerson).stream()
        .filter(PatientsInStore::isInForce)
        .map(related -> plain(related.getPatient()))
        .filter(patient -> patient.startsWith("Patient/"))
        .toList();
  }

  private static boolean isInForce(RelatedPerson related) {
    Date now = new Date();
    return (!related.hasActive() || related.getActive())
        && (!related.getPeriod().hasEnd() || related.getPeriod().getEnd().after(now))
        && (!related.getPeriod().hasStart() || !related.getPeriod().getStart().after(now));
  }

  private static String plain(Reference reference) {
    String plain = reference.getReferenceElement().toUnqualifiedVersionless().getValue();
    return plain == null ? "" : plain;
  }

  private Optional<Entry> patient(String reference) {
    return read(Patient.class, reference)
        .filter(PatientsInStore::isOpen)
        .map(PatientsInStore::entry);
  }

  private <R extends Resource> Optional<R> read(Class<R> type, String reference) {
    try {
      return Optional.of(repository().read(type, new IdType(reference)));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return Optional.empty();
    }
  }

  /** HAPI's repository freezes one request in itself, so that each look has its own. */
  private IRepository repository() {
    return store.asSystem("patient-directory");
  }

  /** One that has been merged into another is not chosen any more. */
  private static boolean isOpen(Patient patient) {
    return patient.getLink().stream()
        .noneMatch(link -> link.getType() == Patient.LinkType.REPLACEDBY);
  }

  private static List<Multimap<String, List<IQueryParameterType>>> queries(String text) {
    List<Multimap<String, List<IQueryParameterType>>> queries = new ArrayList<>();
    if (text.isEmpty()) {
      return queries;
    }
    if (!text.contains(" ")) {
      Multimap<String, List<IQueryParameterType>> number = ArrayListMultimap.create();
      number.put(Patient.SP_IDENTIFIER, List.of(new TokenParam(null, text)));
      queries.add(number);
    }
    Multimap<String, List<IQueryParameterType>> words = ArrayListMultimap.create();
    for (String word : text.split("[\\s,]+")) {
      if (word.matches("\\d{4}-\\d{2}-\\d{2}")) {
        words.put(Patient.SP_BIRTHDATE, List.of(new DateParam(word)));
      } else if (!word.isEmpty()) {
        words.put(Patient.SP_NAME, List.of(new StringParam(word)));
      }
    }
    queries.add(words);
    return queries;
  }

  private static boolean holds(Entry entry, String text) {
    return entry.name().toLowerCase().contains(text.strip().toLowerCase());
  }

  private static Entry entry(Patient patient) {
    return new Entry(
        patient.getIdElement().getIdPart(),
        patient.hasName() ? patient.getNameFirstRep().getNameAsSingleString() : "",
        patient.hasBirthDate() ? patient.getBirthDateElement().getValueAsString() : "",
        patient.hasGender() ? patient.getGender().toCode() : "",
        patient.getIdentifier().stream()
            .filter(Identifier::hasValue)
            .min((one, other) -> Boolean.compare(isRecordNumber(other), isRecordNumber(one)))
            .map(number -> (kind(number) + " " + number.getValue()).strip())
            .orElse(""));
  }

  private static boolean isRecordNumber(Identifier number) {
    return kind(number).equals("MR");
  }

  /** Of HL7 table 0203. */
  private static String kind(Identifier number) {
    return number.getType().hasCoding() && number.getType().getCodingFirstRep().hasCode()
        ? number.getType().getCodingFirstRep().getCode()
        : "";
  }
}
