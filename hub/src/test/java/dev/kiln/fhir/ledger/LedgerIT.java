package dev.kiln.fhir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.kiln.Http;
import dev.kiln.RunningHub;
import dev.kiln.fhir.Application;
import dev.kiln.fhir.LocalStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** What is committed together with the resources, or not at all. */
class LedgerIT {

  private final RunningHub hub = RunningHub.get();
  private final Http fhir = hub.http();
  private final LocalStore store = hub.bean(LocalStore.class);

  @Test
  void amongSeveralWorkersOneAppliesAMessage() throws Exception {
    UUID message = UUID.randomUUID();
    List<String> patients = new ArrayList<>();
    int applied = 0;
    ExecutorService workers = Executors.newFixedThreadPool(4);
    List<Future<List<String>>> tries = new ArrayList<>();
    for (int worker = 0; worker < 4; worker++) {
      String id = UUID.randomUUID().toString();
      patients.add("Patient/" + id);
      tries.add(
          workers.submit(
              () -> store.apply(put(patient(id, "own " + id)), application(message, 0))));
    }
    for (Future<List<String>> result : tries) {
      try {
        assertThat(result.get()).hasSize(1);
        applied++;
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(ResourceVersionConflictException.class);
      }
    }
    workers.shutdown();
    assertThat(applied).isEqualTo(1);
    LocalStore.Applied told = store.applied(message, 0).orElseThrow();
    assertThat(told.outcome()).isEqualTo("outcome of run 0");
    assertThat(patients)
        .as("what the others wrote has been rolled back")
        .filteredOn(patient -> fhir.get("/fhir/" + patient).status() == 200)
        .singleElement()
        .isEqualTo(told.written().get(0).replace("/_history/1", ""));
  }

  @Test
  void anotherRunOfTheMessageIsAppliedAgain() {
    UUID message = UUID.randomUUID();
    String id = UUID.randomUUID().toString();
    store.apply(put(patient(id, "a" + id)), application(message, 0));
    assertThat(store.applied(message, 1)).isEmpty();
    store.apply(put(patient(id, "b" + id)), application(message, 1));
    assertThat(store.applied(message, 1).orElseThrow().written())
        .containsExactly("Patient/" + id + "/_history/2");
  }

  @Test
  void tellingsComeAndGoWithTheTransaction() {
    String id = UUID.randomUUID().toString();
    String reference = "Patient/" + id;
    Map<String, Map<String, String>> said = Map.of(reference, Map.of("A", "first"));
    UUID message = UUID.randomUUID();
    store.apply(
        put(patient(id, "c" + id)),
        new Application(message, 0, said, Set.of(), Set.of(), "outcome"));
    assertThat(store.tellings(List.of(reference))).isEqualTo(said);
    Map<String, Map<String, String>> later = Map.of(reference, Map.of("A", "second"));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                store.apply(
                    put(patient(id, "d" + id)),
                    new Application(message, 0, later, Set.of(), Set.of(), "outcome")))
        .isInstanceOf(ResourceVersionConflictException.class);
    assertThat(store.tellings(List.of(reference))).isEqualTo(said);
  }

  @Test
  void ofWhatIsDeletedItIsForgottenWhatWasSaid() {
    String id = UUID.randomUUID().toString();
    String reference = "Patient/" + id;
    Map<String, Map<String, String>> said = Map.of(reference, Map.of("A", "first", "B", "first"));
    store.apply(
        put(patient(id, "e" + id)),
        new Application(UUID.randomUUID(), 0, said, Set.of(), Set.of(), "outcome"));
    assertThat(fhir.delete("/fhir/" + reference).status()).isEqualTo(200);
    assertThat(store.tellings(List.of(reference))).isEmpty();
  }

  @Test
  void whoWritesOverNothingFailsWhereSomebodyHasToldMeanwhile() {
    String id = UUID.randomUUID().toString();
    String reference = "Patient/" + id;
    Set<String> created = Set.of(reference);
    store.apply(
        put(patient(id, "e" + id)),
        new Application(
            UUID.randomUUID(),
            0,
            Map.of(reference, Map.of("A", "told")),
            Set.of(),
            created,
            "first"));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                store.apply(
                    put(patient(id, "f" + id)),
                    new Application(UUID.randomUUID(), 0, Map.of(), Set.of(), created, "second")))
        .isInstanceOf(ResourceVersionConflictException.class);
    assertThat(fhir.get("/fhir/" + reference).text()).contains("e" + id);
  }

  @Test
  void identifiersLeadToWhoeverClaimedThemFirst() {
    String number = UUID.randomUUID().toString();
    String first = enter(number);
    String second = enter(number);
    assertThat(store.knownAs(patient("new", number))).containsExactly("Patient/" + first);
    assertThat(fhir.delete("/fhir/Patient/" + first).status()).isEqualTo(200);
    assertThat(store.knownAs(patient("new", number))).isEmpty();
    // The next write of the other one claims it.
    fhir.put(
        "/fhir/Patient/" + second,
        "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"active\":true,\"identifier\":[{\"system\":\"urn:ledger\",\"value\":\"%s\"}]}"
            .formatted(second, number));
    assertThat(store.knownAs(patient("new", number))).containsExactly("Patient/" + second);
    fhir.put(
        "/fhir/Patient/" + second,
        "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"active\":true}".formatted(second));
    assertThat(store.knownAs(patient("new", number))).as("it was taken away").isEmpty();
  }

  @Test
  void aMessageWhoseIdentifierIsClaimedMeanwhileIsTriedAgain() {
    String number = UUID.randomUUID().toString();
    String owner = enter(number);
    String id = UUID.randomUUID().toString();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> store.apply(put(patient(id, number)), application(UUID.randomUUID(), 0)))
        .isInstanceOf(ResourceVersionConflictException.class);
    assertThat(fhir.get("/fhir/Patient/" + id).status()).isEqualTo(404);
    store.apply(
        put(patient(id, number)),
        new Application(
            UUID.randomUUID(),
            0,
            Map.of(),
            Set.of("Patient/" + owner),
            Set.of(),
            "knows the rival"));
    assertThat(fhir.get("/fhir/Patient/" + id).status()).isEqualTo(200);
  }

  @Test
  void aVisitsNumberCountsWithinItsPatient() {
    String anna = enter(UUID.randomUUID().toString());
    String bert = enter(UUID.randomUUID().toString());
    String visit = visit(anna, "1");
    assertThat(store.knownAs(encounter(anna, "1"))).containsExactly("Encounter/" + visit);
    assertThat(store.knownAs(encounter(bert, "1"))).isEmpty();
  }

  private String enter(String number) {
    return fhir.post(
            "/fhir/Patient",
            "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:ledger\",\"value\":\"%s\"}]}"
                .formatted(number))
        .id();
  }

  private String visit(String patient, String number) {
    return fhir.post(
            "/fhir/Encounter",
            """
            {"resourceType":"Encounter","status":"planned","subject":{"reference":"Patient/%s"},
             "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
             "identifier":[{"system":"urn:ledger","value":"%s"}]}"""
                .formatted(patient, number))
        .id();
  }

  private static Encounter encounter(String patient, String number) {
    Encounter encounter = new Encounter().setSubject(new Reference("Patient/" + patient));
    encounter.addIdentifier().setSystem("urn:ledger").setValue(number);
    return encounter;
  }

  private static Patient patient(String id, String number) {
    Patient patient = new Patient();
    patient.setId(id);
    patient.addIdentifier().setSystem("urn:ledger").setValue(number);
    return patient;
  }

  private static Bundle put(Patient patient) {
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setResource(patient)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl("Patient/" + patient.getIdElement().getIdPart());
    return bundle;
  }

  private static Application application(UUID message, int run) {
    return new Application(message, run, Map.of(), Set.of(), Set.of(), "outcome of run " + run);
  }
}
