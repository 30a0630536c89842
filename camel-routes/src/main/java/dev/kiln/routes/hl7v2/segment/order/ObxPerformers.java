package dev.kiln.routes.hl7v2.segment.order;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.party.Xcn;
import dev.kiln.routes.hl7v2.datatype.party.Xon;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;

/** Who made an observation: people in OBX-16 and OBX-25, organisations in OBX-15 and OBX-23. */
final class ObxPerformers {

  private ObxPerformers() {}

  static void add(Segment obx, Observation observation, MessageContext context) {
    for (int people : new int[] {16, 25}) {
      for (Field person : obx.repetitions(people)) {
        Xcn.practitioner(person, context).ifPresent(observation::addPerformer);
      }
    }
    Optional<Reference> named = Xon.organization(obx.field(23), context);
    named.ifPresent(observation::addPerformer);
    producer(obx.field(15), context)
        .filter(producer -> named.isEmpty() || !isSame(producer, named.get()))
        .ifPresent(observation::addPerformer);
  }

  /** Senders say both, with the same number or the same name. */
  private static boolean isSame(Reference one, Reference other) {
    return one.getIdentifier().hasValue()
        ? one.getIdentifier().getValue().equals(other.getIdentifier().getValue())
        : one.getDisplay().equals(other.getDisplay());
  }

  /** OBX-15 names the organisation by a code, as OBX-23 does since 2.5.1 by its name. */
  private static Optional<Reference> producer(Field field, MessageContext context) {
    Reference reference = Origin.mark(new Reference(), field.path());
    field.component(2).string().ifPresent(reference::setDisplayElement);
    field
        .component(1)
        .string()
        .ifPresent(
            number -> {
              Identifier identifier = new Identifier().setValueElement(number);
              String system = Cwe.system(field.component(3).value(), context);
              reference.setIdentifier(system.isEmpty() ? identifier : identifier.setSystem(system));
            });
    return reference.isEmpty() ? Optional.empty() : Optional.of(reference.setType("Organization"));
  }
}
