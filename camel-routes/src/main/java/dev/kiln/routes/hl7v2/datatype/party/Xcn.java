package dev.kiln.routes.hl7v2.datatype.party;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cx;
import dev.kiln.routes.hl7v2.datatype.Hd;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * XCN, a person with a number (chapter 2A), as a logical reference: who it is, not where the record
 * lies.
 */
public final class Xcn {

  private static final String NPI = "http://hl7.org/fhir/sid/us-npi";

  private Xcn() {}

  public static Optional<Reference> practitioner(Field field, MessageContext context) {
    Component authority = field.component(9);
    Component type = field.component(13);
    boolean npi = type.value().equals("NPI") || authority.value().equals("NPI");
    return reference(
            number ->
                number == 2
                    ? field.component(2).string(field.component(2).value())
                    : field.component(number).string(),
            npi ? NPI : Hd.system(authority, context),
            context)
        .map(
            reference -> {
              if (reference.hasIdentifier()) {
                Cx.type(reference.getIdentifier(), type, "", context);
              }
              return Origin.mark(reference, field.path());
            });
  }

  /**
   * NDL (chapter 2A): the person's parts are subcomponents of its first component, though many
   * senders write XCN.
   */
  public static Optional<Reference> ofNdl(Field field, MessageContext context) {
    Component person = field.component(1);
    if (!person.hasSubcomponents()) {
      return practitioner(field, context);
    }
    String system =
        Hd.system(
            person.subcomponent(9), person.subcomponent(10), person.subcomponent(11), context);
    return reference(
            number -> person.string(person.subcomponent(number)),
            person.subcomponent(9).equals("NPI") ? NPI : system,
            context)
        .map(reference -> Origin.mark(reference, field.path()));
  }

  private static Optional<Reference> reference(
      IntFunction<Optional<StringType>> parts, String system, MessageContext context) {
    Reference reference = new Reference();
    String display =
        Stream.of(6, 3, 4, 2, 5)
            .flatMap(number -> parts.apply(number).stream())
            .map(PrimitiveType::getValue)
            .collect(Collectors.joining(" "));
    if (!display.isEmpty()) {
      reference.setDisplay(display);
    }
    parts
        .apply(1)
        .ifPresent(
            number ->
                reference.setIdentifier(
                    new Identifier()
                        .setSystem(system.isEmpty() ? Hd.unknown(context) : system)
                        .setValueElement(number)));
    return reference.isEmpty() ? Optional.empty() : Optional.of(reference.setType("Practitioner"));
  }
}
