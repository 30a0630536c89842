package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * XCN, a person with a number (chapter 2A), as a logical reference: who it is, not where the record
 * lies.
 */
public final class Xcn {

  private static final String NPI = "http://hl7.org/fhir/sid/us-npi";

  private Xcn() {}

  public static Optional<Reference> practitioner(Field field, MessageContext context) {
    Component authority = field.component(9);
    String[] issuer = {
      authority.subcomponent(1), authority.subcomponent(2), authority.subcomponent(3)
    };
    return practitioner(
        number -> number == 2 ? field.component(2).value() : field.component(number).text(),
        issuer,
        field.component(13).value(),
        context);
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
    String[] issuer = {person.subcomponent(9), person.subcomponent(10), person.subcomponent(11)};
    return practitioner(person::subcomponent, issuer, "", context);
  }

  private static Optional<Reference> practitioner(
      IntFunction<String> parts, String[] issuer, String type, MessageContext context) {
    Reference reference = new Reference();
    String display =
        Stream.of(6, 3, 4, 2, 5)
            .map(parts::apply)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    if (!display.isEmpty()) {
      reference.setDisplay(display);
    }
    String id = parts.apply(1);
    if (!id.isEmpty()) {
      Identifier identifier = new Identifier().setValue(id);
      String system = Hd.system(issuer[0], issuer[1], issuer[2]);
      boolean npi = type.equals("NPI") || issuer[0].equals("NPI");
      if (system.isEmpty()) {
        system = Hd.unknown(context);
      }
      identifier.setSystem(npi ? NPI : system);
      Cx.type(identifier, type, "", context);
      reference.setIdentifier(identifier);
    }
    return reference.isEmpty() ? Optional.empty() : Optional.of(reference.setType("Practitioner"));
  }
}
