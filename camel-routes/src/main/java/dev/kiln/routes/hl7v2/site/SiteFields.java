package dev.kiln.routes.hl7v2.site;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/** Adds to a translated message what its sender's own segments say by the site's profile. */
public final class SiteFields {

  private final Bundle bundle;
  private final MessageContext context;
  private final List<Patient> patients;
  private final Optional<Encounter> visit;

  private SiteFields(Bundle bundle, MessageContext context) {
    this.bundle = bundle;
    this.context = context;
    this.patients = all(Patient.class);
    this.visit = all(Encounter.class).stream().findFirst();
  }

  /** Of a message about several patients nobody can say whose its own segments are. */
  public static void add(Message message, Bundle bundle, MessageContext context) {
    SiteFields fields = new SiteFields(bundle, context);
    for (SiteField field : context.site().fields()) {
      for (Segment segment : message.segments(field.segment())) {
        int number = 0;
        for (Field sent : segment.repetitions(field.field())) {
          number++;
          String key = segment.index() + "." + number;
          field.value(sent, context).ifPresent(value -> fields.add(field, sent, value, key));
        }
      }
    }
  }

  private void add(SiteField field, Field sent, Type value, String key) {
    if (patients.size() != 1) {
      context.warn(sent.path(), "left out, the message is not of exactly one patient");
    } else if (field.observation() != null) {
      observe(field, sent, value, key);
    } else if (field.of().equals("Patient")) {
      extend(patients.get(0), field, sent, value);
    } else if (visit.isPresent()) {
      extend(visit.get(), field, sent, value);
    } else {
      context.warn(sent.path(), "left out, the message has no visit");
    }
  }

  private static void extend(DomainResource resource, SiteField field, Field sent, Type value) {
    Origin.mark(resource.addExtension(), sent.path()).setUrl(field.extension()).setValue(value);
  }

  private void observe(SiteField field, Field sent, Type value, String key) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setCode(new CodeableConcept(field.observation().copy()));
    observation.setSubject(reference(patients.get(0)));
    visit.map(SiteFields::reference).ifPresent(observation::setEncounter);
    observation.setValue(Origin.mark(value, sent.path()));
    // The place in the message is part of it, so that the next message's value takes its place.
    observation.setId(
        LogicalKey.id(
            "Observation",
            "site",
            context.source(),
            field.observation().getSystem() + "|" + field.observation().getCode(),
            observation.getSubject().getReference(),
            String.valueOf(observation.getEncounter().getReference()),
            key));
    bundle
        .addEntry()
        .setResource(observation)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl(reference(observation).getReference());
  }

  private static Reference reference(Resource resource) {
    return new Reference(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
  }

  /** Those whom the message has only for a merge are not meant. */
  private <R extends Resource> List<R> all(Class<R> type) {
    List<R> found = new ArrayList<>();
    for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
      if (type.isInstance(entry.getResource()) && !context.isMerged(entry.getRequest().getUrl())) {
        found.add(type.cast(entry.getResource()));
      }
    }
    return found;
  }
}
