package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;

/** CX, an identifier with its authority and type (chapter 2A). */
public final class Cx {

  private static final String TYPES = "v2-0203-identifier-type";
  private static final String USES = "v2-0203-identifier-use";

  private Cx() {}

  /**
   * The identifier; empty where the field holds no value.
   *
   * @param defaultType code of table 0203, where the field has none; may be empty
   */
  public static Optional<Identifier> identifier(
      Field field, String defaultType, MessageContext context) {
    String value = field.component(1).text();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Component authority = field.component(4);
    String system =
        Hd.system(authority.subcomponent(1), authority.subcomponent(2), authority.subcomponent(3));
    if (system.isEmpty()) {
      context.warn(field.path(), "no assigning authority");
      system = Hd.unknown(context);
    }
    Identifier identifier = new Identifier().setSystem(system).setValue(value);
    type(identifier, field.component(5).value(), defaultType, context);
    if (!authority.subcomponent(1).isEmpty()) {
      identifier.getAssigner().setDisplay(authority.subcomponent(1));
    }
    Ts.period(field.component(7).value(), field.component(8).value(), field.path(), context)
        .ifPresent(identifier::setPeriod);
    return Optional.of(identifier);
  }

  /**
   * Sets the type and the use that follows from it; a code that table 0203 does not have is text.
   */
  static void type(Identifier identifier, String code, String defaultType, MessageContext context) {
    String type = code.isEmpty() ? defaultType : code;
    if (type.isEmpty()) {
      return;
    }
    CodeableConcept concept = new CodeableConcept();
    context
        .translate(TYPES, type)
        .ifPresentOrElse(
            coding -> concept.addCoding(coding.setDisplay(null)), () -> concept.setText(type));
    identifier.setType(concept);
    context
        .translate(USES, type)
        .ifPresent(use -> identifier.setUse(IdentifierUse.fromCode(use.getCode())));
  }
}
