package dev.kiln.routes.hl7v2.segment;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ei;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.Xcn;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;

/** OBX, one observation (section 7.4.2). Its id is given by the group that it stands in. */
public final class Obx {

  private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

  private Obx() {}

  /**
   * @param obr the order whose time holds where the observation has none; may be empty
   */
  public static Observation observation(
      Segment obx, Optional<Segment> obr, MessageContext context) {
    Observation observation = new Observation();
    obx.field(1).value();
    observation.setCode(Obr.code(obx.field(3), context));
    for (Field instance : obx.repetitions(21)) {
      Ei.identifier(instance, "FILL", context).ifPresent(observation::addIdentifier);
    }
    status(obx, observation, context);
    values(obx, observation, context);
    for (Field interpretation : obx.repetitions(8)) {
      interpretation(interpretation, context).ifPresent(observation::addInterpretation);
    }
    Ts.dateTime(obx.field(14), context)
        .or(() -> obr.flatMap(order -> Ts.dateTime(order.field(7), context)))
        .ifPresent(observation::setEffective);
    performers(obx, observation, context);
    Cwe.concept(obx.field(17), context).ifPresent(observation::setMethod);
    return observation;
  }

  /** What tells one observation of a report from another: OBX-3 and OBX-4. */
  public static String key(Segment obx, Observation observation) {
    return Obr.key(observation.getCode()) + "|" + obx.field(4).text();
  }

  private static void status(Segment obx, Observation observation, MessageContext context) {
    String status = obx.field(11).value();
    observation.setStatus(
        context
            .code("v2-0085-observation-status", status, obx.field(11).path())
            .map(ObservationStatus::fromCode)
            .orElse(ObservationStatus.UNKNOWN));
    if (status.equals("N") && !obx.field(5).isPresent()) {
      observation
          .getDataAbsentReason()
          .addCoding()
          .setSystem(ABSENT)
          .setCode("not-asked")
          .setDisplay("Not Asked");
    }
  }

  private static void values(Segment obx, Observation observation, MessageContext context) {
    Quantity unit = ObxReferenceRange.unit(obx.field(6), context);
    List<Type> values = ObxValue.of(obx, unit, context);
    if (values.size() == 1) {
      observation.setValue(values.get(0));
    } else {
      // FHIR has one value; the repetitions of a field are values of the same kind side by side.
      values.forEach(
          value -> observation.addComponent().setCode(observation.getCode()).setValue(value));
    }
    ObxReferenceRange.of(obx.field(7), unit).ifPresent(observation::addReferenceRange);
  }

  private static Optional<CodeableConcept> interpretation(Field field, MessageContext context) {
    return context
        .translate("v2-0078-interpretation", field.component(1).text())
        .map(
            coding -> {
              CodeableConcept concept = new CodeableConcept().addCoding(coding);
              String text = field.component(9).text();
              return text.isEmpty() ? concept : concept.setText(text);
            })
        .or(
            () -> {
              context.warn(field.path(), "the code is not in table 0078");
              return Cwe.ofTable(field, "0078", context);
            });
  }

  private static void performers(Segment obx, Observation observation, MessageContext context) {
    for (int people : new int[] {16, 25}) {
      for (Field person : obx.repetitions(people)) {
        Xcn.practitioner(person, context).ifPresent(observation::addPerformer);
      }
    }
    // OBX-15 is the producer as a code; OBX-23, since 2.5.1, the same by its name.
    Field organization = obx.field(obx.field(23).isPresent() ? 23 : 15);
    organization(organization, context).ifPresent(observation::addPerformer);
  }

  private static Optional<Reference> organization(Field field, MessageContext context) {
    boolean named = field.path().endsWith("-23");
    String name = field.component(named ? 1 : 2).text();
    String number = field.component(named ? 10 : 1).text();
    Reference reference = new Reference();
    if (!name.isEmpty()) {
      reference.setDisplay(name);
    }
    if (!number.isEmpty()) {
      Identifier identifier = new Identifier().setValue(number);
      String system =
          named
              ? Ei.system(field.component(6), context)
              : Cwe.system(field.component(3).value(), context);
      reference.setIdentifier(system.isEmpty() ? identifier : identifier.setSystem(system));
    }
    return reference.isEmpty() ? Optional.empty() : Optional.of(reference.setType("Organization"));
  }
}
