package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;

/** EI, an entity identifier such as an order's number (chapter 2A). */
public final class Ei {

  private Ei() {}

  /**
   * The identifier; empty where the field holds no value. Orders are numbered by the sender itself,
   * so that a missing authority is no fault.
   *
   * @param type code of table 0203
   */
  public static Optional<Identifier> identifier(Field field, String type, MessageContext context) {
    String value = field.component(1).text();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String system =
        Hd.system(
            field.component(2).value(), field.component(3).value(), field.component(4).value());
    Identifier identifier =
        new Identifier().setSystem(system.isEmpty() ? Hd.unknown(context) : system).setValue(value);
    Cx.type(identifier, type, "", context);
    return Optional.of(identifier);
  }

  /** The authority in one component, as in XON-6; the sender's own where it is empty. */
  public static String system(Component authority, MessageContext context) {
    String system =
        Hd.system(authority.subcomponent(1), authority.subcomponent(2), authority.subcomponent(3));
    return system.isEmpty() ? Hd.unknown(context) : system;
  }
}
