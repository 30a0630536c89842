package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.StringType;

/** EI, an entity identifier such as an order's number, and its pair EIP (chapter 2A). */
public final class Ei {

  private Ei() {}

  /**
   * The identifier; empty where the field holds no value. Orders are numbered by the sender itself,
   * so that a missing authority is no fault.
   *
   * @param type code of table 0203; may be empty
   */
  public static Optional<Identifier> identifier(Field field, String type, MessageContext context) {
    String system =
        Hd.system(
            field.component(2).value(),
            field.component(3).value(),
            field.component(4).value(),
            context);
    return field
        .component(1)
        .string()
        .map(value -> Origin.mark(identifier(value, system, type, context), field.path()));
  }

  /** EI in one component, as the placer's and the filler's number are in EIP. */
  public static Optional<Identifier> identifier(
      Component part, String type, MessageContext context) {
    String system =
        Hd.system(part.subcomponent(2), part.subcomponent(3), part.subcomponent(4), context);
    return part.string(part.subcomponent(1))
        .map(value -> Origin.mark(identifier(value, system, type, context), part.path()));
  }

  private static Identifier identifier(
      StringType value, String system, String type, MessageContext context) {
    Identifier identifier =
        new Identifier()
            .setSystem(system.isEmpty() ? Hd.unknown(context) : system)
            .setValueElement(value);
    Cx.type(identifier, type, context);
    return identifier;
  }
}
