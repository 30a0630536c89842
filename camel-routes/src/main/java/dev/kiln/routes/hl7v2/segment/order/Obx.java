package dev.kiln.routes.hl7v2.segment.order;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ei;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Nulls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Observation.ObservationStatusEnumFactory;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;

/** OBX, one observation (section 7.4.2). Its id is given by the group that it stands in. */
public final class Obx {

  private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
  private static final String ANALYSED =
      "http://hl7.org/fhir/StructureDefinition/observation-analysis-date-time";

  private static final Nulls NULLS =
      new Nulls(
          Map.of(
              5, "value",
              7, "referenceRange",
              8, "interpretation",
              14, "effective",
              16, "performer",
              17, "method",
              20, "bodySite"));

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
    time(obx, context)
        .or(() -> obr.flatMap(order -> Ts.dateTime(order.field(7), context)))
        .ifPresent(observation::setEffective);
    ObxPerformers.add(obx, observation, context);
    circumstances(obx, observation, context);
    NULLS.in(obx, observation);
    return observation;
  }

  /** What tells one observation of a report from another: OBX-3 and OBX-4. */
  public static String key(Segment obx, Observation observation) {
    return Cwe.key(observation.getCode()) + "|" + obx.field(4).text();
  }

  /** When it was observed, if the segment itself says so. */
  public static Optional<DateTimeType> time(Segment obx, MessageContext context) {
    return Ts.dateTime(obx.field(14), context);
  }

  private static void status(Segment obx, Observation observation, MessageContext context) {
    Field status = obx.field(11);
    context
        .code("v2-0085-observation-status", status, new ObservationStatusEnumFactory())
        .ifPresentOrElse(
            observation::setStatusElement, () -> observation.setStatus(ObservationStatus.UNKNOWN));
    if (status.value().equals("N") && !obx.field(5).isPresent()) {
      CodeableConcept reason = Origin.mark(new CodeableConcept(), status.path());
      reason.addCoding().setSystem(ABSENT).setCode("not-asked").setDisplay("Not Asked");
      observation.setDataAbsentReason(reason);
    }
  }

  private static void values(Segment obx, Observation observation, MessageContext context) {
    // Made anew for each value, since a copy would lose the marks.
    Supplier<Quantity> unit = () -> ObxReferenceRange.unit(obx.field(6), context);
    List<Type> values = ObxValue.of(obx, unit, context);
    if (values.size() == 1) {
      observation.setValue(values.get(0));
    } else {
      // FHIR has one value; the repetitions of a field are values of the same kind side by side.
      values.forEach(
          value ->
              Origin.mark(
                  observation.addComponent().setCode(observation.getCode()).setValue(value),
                  Origin.of(value).orElseThrow()));
    }
    unit.get();
    ObxReferenceRange.of(obx.field(7), unit).ifPresent(observation::addReferenceRange);
  }

  private static Optional<CodeableConcept> interpretation(Field field, MessageContext context) {
    if (context.translate("v2-0078-interpretation", field.component(1)).isEmpty()) {
      context.warn(field.path(), "the code is not in table 0078");
    }
    return Cwe.mapped(field, "v2-0078-interpretation", context);
  }

  /** How, with what and where it was observed. */
  private static void circumstances(Segment obx, Observation observation, MessageContext context) {
    Cwe.concept(obx.field(17), context).ifPresent(observation::setMethod);
    Cwe.concept(obx.field(20), context).ifPresent(observation::setBodySite);
    Ei.identifier(obx.field(18), "", context)
        .map(number -> new Reference().setType("Device").setIdentifier(number))
        .ifPresent(device -> observation.setDevice(Origin.mark(device, obx.field(18).path())));
    Ts.dateTime(obx.field(19), context)
        .ifPresent(
            time ->
                Origin.mark(
                    observation.addExtension().setUrl(ANALYSED).setValue(time),
                    obx.field(19).path()));
  }
}
