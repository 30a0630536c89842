package dev.kiln.routes.sink;

import ca.uhn.fhir.context.FhirContext;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.Progress;
import dev.kiln.routes.Progress.Step;
import dev.kiln.routes.Statement;
import dev.kiln.routes.Statement.Merger;
import dev.kiln.routes.Store;
import dev.kiln.routes.Store.Application;
import dev.kiln.routes.Store.Applied;
import dev.kiln.routes.control.MessageReplay.Change;
import dev.kiln.routes.sink.Telling.When;
import dev.kiln.routes.sink.preview.Difference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Brings what a message says into the store: in one transaction, merged with what is there, with
 * the Provenance that leads back to it, and once however often it is tried.
 */
public final class Sink {

  private static final FhirContext R4 = FhirContext.forR4Cached();

  private final Store store;
  private final Progress progress;

  Sink(Store store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /**
   * One message on its way into the store.
   *
   * @param run counts its replays, from 0
   * @param sender as the message names it, kept in the Provenance
   * @param receivedAt when it was committed: the Provenance's time, and the message's own where it
   *     gives none
   */
  public record Delivery(MessageId message, int run, String sender, Instant receivedAt) {}

  /**
   * @param outcome what came of it
   * @param trace the outcome's trace by the versions that were written, as JSON
   */
  public record Delivered(Outcome outcome, String trace) {}

  /**
   * Applies the statement, unless that has been done before, and then makes one patient of those
   * that it says are one.
   *
   * @param statement its bundle is changed on the way
   * @throws RuntimeException as {@link Store#apply} does
   */
  public Delivered deliver(Delivery delivery, Statement statement) {
    Optional<Applied> before = store.applied(delivery.message(), delivery.run());
    Applied applied = before.isPresent() ? before.get() : apply(delivery, statement);
    progress.reached(Step.BUNDLE_COMMITTED);
    Outcome outcome = Outcome.parse(applied.outcome());
    for (Merger merger : outcome.mergers()) {
      store.merge(merger.merged(), merger.survivor(), delivery.message());
    }
    return new Delivered(outcome, outcome.traceBy(applied.written()));
  }

  /**
   * Says what {@link #deliver} would write at this moment, and writes nothing. Patients that it
   * would make one are told in the outcome alone.
   *
   * @param statement its bundle is changed on the way
   */
  public Rehearsed rehearse(Delivery delivery, Statement statement) {
    Prepared prepared = prepare(delivery, statement);
    return new Rehearsed(
        prepared.merged().entrySet().stream()
            .map(
                one ->
                    Difference.of(
                        one.getKey(), prepared.stored().get(one.getKey()), one.getValue()))
            .toList(),
        prepared.outcome());
  }

  /**
   * What would come of a message.
   *
   * @param changes by resource, also those that would stay as they are
   */
  public record Rehearsed(List<Change> changes, Outcome outcome) {}

  /**
   * @param stored by reference, what is there
   * @param merged by reference, what is to be there
   */
  private record Prepared(
      Map<String, Resource> stored,
      Map<String, Resource> merged,
      Map<String, Map<String, String>> said,
      Set<String> created,
      Set<String> rivals,
      Outcome outcome) {}

  private Applied apply(Delivery delivery, Statement statement) {
    Prepared prepared = prepare(delivery, statement);
    if (prepared.merged().isEmpty()) {
      // Nothing is to be written, so that a repetition does no harm, and a Provenance of nothing
      // is none.
      return new Applied(List.of(), prepared.outcome().text());
    }
    Bundle transaction = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    prepared
        .merged()
        .forEach(
            (reference, merged) ->
                put(transaction, merged, prepared.stored().get(reference), reference));
    Provenance provenance =
        MessageProvenance.of(
            delivery.message(),
            delivery.sender(),
            delivery.receivedAt(),
            prepared.merged().keySet());
    put(transaction, provenance, null, "Provenance/" + provenance.getIdElement().getIdPart());
    String outcome = prepared.outcome().text();
    List<String> written =
        store.apply(
            transaction,
            new Application(
                delivery.message(),
                delivery.run(),
                prepared.said(),
                prepared.rivals(),
                prepared.created(),
                outcome));
    return new Applied(written, outcome);
  }

  private Prepared prepare(Delivery delivery, Statement statement) {
    Known known = new Known(store);
    Map<String, String> chosen = new LinkedHashMap<>();
    Map<String, List<Resource>> told = byReference(statement.bundle(), known, chosen);
    Map<String, Map<String, String>> tellings = store.tellings(told.keySet());
    When when = When.of(statement.earliest(), statement.latest(), delivery.receivedAt());
    List<String> warnings = new ArrayList<>(known.warnings());
    if (When.isAhead(statement.earliest(), delivery.receivedAt())) {
      warnings.add("message: its time has yet to come, the time of its receipt is taken");
    }
    Map<String, Map<String, String>> trace = new LinkedHashMap<>();
    Map<String, Map<String, String>> said = new LinkedHashMap<>();
    Map<String, Resource> before = new LinkedHashMap<>();
    Map<String, Resource> after = new LinkedHashMap<>();
    Set<String> created = new LinkedHashSet<>();
    told.forEach(
        (reference, resources) -> {
          Map<String, String> bySource = tellings.getOrDefault(reference, Map.of());
          // What no message has told and nobody is known by cannot be there yet.
          boolean mayBeThere =
              !bySource.isEmpty()
                  || resources.get(0) instanceof Patient
                  || resources.get(0) instanceof Encounter;
          Resource stored = mayBeThere ? known.read(reference).orElse(null) : null;
          // Of what has been deleted, nothing counts that was said before.
          Tellings all = new Tellings(stored == null ? Map.of() : bySource, statement.source());
          Merge merge =
              new Merge(
                  all.own(),
                  all.others(),
                  when,
                  warning -> warnings.add(new IdType(reference).getResourceType() + "." + warning));
          Resource merged = stored;
          for (Resource resource : resources) {
            merged = merge.lay(resource, merged);
          }
          merged.setId(new IdType(reference));
          if (stored != null) {
            known.alsoKnownAs(merged);
            before.put(reference, stored);
          } else if (bySource.isEmpty()) {
            created.add(reference);
          }
          trace.put(reference, Trace.of(merged));
          said.put(reference, Map.of(statement.source(), all.own().content()));
          after.put(reference, merged);
        });
    return new Prepared(
        before,
        after,
        said,
        created,
        known.rivals(),
        new Outcome(warnings, trace, mergers(statement, chosen)));
  }

  /** Patients first, then visits, whose numbers count within their patient. */
  private static Map<String, List<Resource>> byReference(
      Bundle bundle, Known known, Map<String, String> chosen) {
    List<Resource> resources =
        new ArrayList<>(bundle.getEntry().stream().map(BundleEntryComponent::getResource).toList());
    resources.sort(Comparator.comparingInt(Sink::rank));
    Map<String, List<Resource>> byReference = new LinkedHashMap<>();
    for (Resource resource : resources) {
      String own = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
      String reference = known.reference(resource);
      chosen.put(own, reference);
      if (!own.equals(reference)) {
        redirect(resources, own, reference);
      }
      byReference.computeIfAbsent(reference, none -> new ArrayList<>()).add(resource);
    }
    return byReference;
  }

  private static int rank(Resource resource) {
    return resource instanceof Patient ? 0 : resource instanceof Encounter ? 1 : 2;
  }

  private static void redirect(List<Resource> resources, String before, String after) {
    for (Resource resource : resources) {
      for (Reference reference :
          R4.newTerser().getAllPopulatedChildElementsOfType(resource, Reference.class)) {
        if (before.equals(reference.getReference())) {
          reference.setReference(after);
        }
      }
    }
  }

  /**
   * Writes with If-Match, so that it fails, and is tried again, when somebody else wrote in
   * between. What stays as it is, is not written.
   */
  private static void put(Bundle transaction, Resource merged, Resource stored, String reference) {
    if (stored != null && Digest.of(stored).equals(Digest.of(merged))) {
      return;
    }
    BundleEntryComponent entry = transaction.addEntry().setResource(merged);
    entry.getRequest().setMethod(HTTPVerb.PUT).setUrl(reference);
    if (stored != null) {
      entry.getRequest().setIfMatch("W/\"" + stored.getIdElement().getVersionIdPart() + "\"");
    }
  }

  private static List<Merger> mergers(Statement statement, Map<String, String> chosen) {
    return statement.mergers().stream()
        .map(
            merger ->
                new Merger(
                    chosen.getOrDefault(merger.merged(), merger.merged()),
                    chosen.getOrDefault(merger.survivor(), merger.survivor())))
        .filter(merger -> !merger.merged().equals(merger.survivor()))
        .toList();
  }
}
