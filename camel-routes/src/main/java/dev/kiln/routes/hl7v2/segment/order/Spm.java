package dev.kiln.routes.hl7v2.segment.order;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Cx;
import dev.kiln.routes.hl7v2.datatype.Ei;
import dev.kiln.routes.hl7v2.datatype.Nm;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Nulls;
import java.util.Map;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Specimen;
import org.hl7.fhir.r4.model.Specimen.SpecimenCollectionComponent;
import org.hl7.fhir.r4.model.Specimen.SpecimenContainerComponent;
import org.hl7.fhir.r4.model.Specimen.SpecimenStatusEnumFactory;

/** SPM, a specimen (section 7.4.3). */
public final class Spm {

  private static final Nulls NULLS =
      new Nulls(
          Map.of(
              4, "type",
              8, "collection.bodySite",
              17, "collection.collected",
              18, "receivedTime",
              24, "condition"));

  private Spm() {}

  /**
   * The specimen, with the id of its number or, where it has none, of its place in the report.
   *
   * @param patient whose it is; null where nobody is known
   * @param report id of what it was examined for
   */
  public static Specimen specimen(
      Segment spm, Reference patient, String report, MessageContext context) {
    Specimen specimen = new Specimen();
    specimen.setSubject(patient);
    identify(specimen, spm, report, context);
    Cwe.ofTable(spm.field(4), "0487", context).ifPresent(specimen::setType);
    context
        .code("v2-0136-specimen-status", spm.field(20), new SpecimenStatusEnumFactory())
        .ifPresent(specimen::setStatusElement);
    Ts.dateTime(spm.field(18), context).ifPresent(specimen::setReceivedTimeElement);
    collection(specimen, spm, context);
    container(specimen, spm, context);
    for (Field condition : spm.repetitions(24)) {
      Cwe.ofTable(condition, "0493", context).ifPresent(specimen::addCondition);
    }
    for (Field description : spm.repetitions(14)) {
      Origin.mark(specimen.addNote().setText(description.text().strip()), description.path());
    }
    NULLS.in(spm, specimen);
    return specimen;
  }

  private static void identify(
      Specimen specimen, Segment spm, String report, MessageContext context) {
    spm.field(1).value();
    Field pair = spm.field(2);
    // The filler's number goes first, since the laboratory is who keeps the specimen.
    Ei.identifier(pair.component(2), "FILL", context).ifPresent(specimen::addIdentifier);
    Ei.identifier(pair.component(1), "PLAC", context).ifPresent(specimen::addIdentifier);
    for (Field other : spm.repetitions(31)) {
      Cx.identifier(other, "", context).ifPresent(specimen::addIdentifier);
    }
    Cx.identifier(spm.field(30), "ACSN", context).ifPresent(specimen::setAccessionIdentifier);
    for (Field parent : spm.repetitions(3)) {
      Ei.identifier(parent.component(2), "FILL", context)
          .or(() -> Ei.identifier(parent.component(1), "PLAC", context))
          .map(number -> new Reference().setType("Specimen").setIdentifier(number))
          .ifPresent(reference -> specimen.addParent(Origin.mark(reference, parent.path())));
    }
    specimen.setId(
        specimen.getIdentifier().stream()
            .findFirst()
            .map(number -> id(number, specimen.getSubject()))
            .orElseGet(() -> LogicalKey.id("Specimen", report, String.valueOf(spm.index()))));
  }

  /** The patient is part of it: some laboratories count their specimens anew each day. */
  private static String id(Identifier number, Reference patient) {
    return LogicalKey.id(
        "Specimen", number.getSystem(), number.getValue(), String.valueOf(patient.getReference()));
  }

  private static void collection(Specimen specimen, Segment spm, MessageContext context) {
    SpecimenCollectionComponent collection = new SpecimenCollectionComponent();
    Cwe.ofTable(spm.field(7), "0488", context).ifPresent(collection::setMethod);
    Cwe.concept(spm.field(8), context).ifPresent(collection::setBodySite);
    Component start = spm.field(17).component(1);
    Component end = spm.field(17).component(2);
    if (end.isPresent()) {
      Ts.period(start, end, context).ifPresent(collection::setCollected);
    } else {
      Ts.dateTime(start, context).ifPresent(collection::setCollected);
    }
    Nm.decimal(spm.field(12).component(1))
        .map(amount -> quantity(amount, spm.field(12), context))
        .ifPresent(collection::setQuantity);
    if (!collection.isEmpty()) {
      specimen.setCollection(collection);
    }
  }

  /** CQ (chapter 2A): the unit is the second component, its parts subcomponents. */
  private static Quantity quantity(DecimalType amount, Field field, MessageContext context) {
    Component unit = field.component(2);
    Quantity quantity = Origin.mark(new Quantity(), field.path()).setValueElement(amount);
    String code = Cwe.code(unit.subcomponent(1));
    String text = unit.subcomponent(2);
    unit.string(text.isEmpty() ? code : text).ifPresent(quantity::setUnitElement);
    boolean ucum = "http://unitsofmeasure.org".equals(Cwe.system(unit.subcomponent(3), context));
    if (ucum && context.terminology().units().isUnit(code)) {
      quantity.setSystem("http://unitsofmeasure.org").setCode(code);
    }
    return quantity;
  }

  private static void container(Specimen specimen, Segment spm, MessageContext context) {
    SpecimenContainerComponent container = new SpecimenContainerComponent();
    Cwe.concept(spm.field(27), context).ifPresent(container::setType);
    Cwe.ofTable(spm.field(6), "0371", context).ifPresent(container::setAdditive);
    if (!container.isEmpty()) {
      specimen.addContainer(Origin.mark(container, spm.path()));
    }
  }
}
