package dev.kiln.routes.hl7v2.datatype.party;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cx;
import dev.kiln.routes.hl7v2.datatype.Hd;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** XON, an organisation with a number (chapter 2A), as a logical reference. */
public final class Xon {

  private Xon() {}

  /** By its name and, in component 10 or its predecessor 3, its number. */
  public static Optional<Reference> organization(Field field, MessageContext context) {
    Reference reference = Origin.mark(new Reference(), field.path());
    field.component(1).string().ifPresent(reference::setDisplayElement);
    Component number = field.component(field.component(10).isPresent() ? 10 : 3);
    number
        .string()
        .ifPresent(
            value -> {
              String system = Hd.system(field.component(6), context);
              Identifier identifier =
                  new Identifier()
                      .setSystem(system.isEmpty() ? Hd.unknown(context) : system)
                      .setValueElement(value);
              Cx.type(identifier, field.component(7), "", context);
              reference.setIdentifier(identifier);
            });
    return reference.isEmpty() ? Optional.empty() : Optional.of(reference.setType("Organization"));
  }
}
