package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.UriType;

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
    return field
        .component(1)
        .string()
        .map(
            value -> {
              Identifier identifier = new Identifier().setValueElement(value);
              authority(identifier, field, context);
              type(identifier, field.component(5), defaultType, context);
              Ts.period(field.component(7), field.component(8), context)
                  .ifPresent(identifier::setPeriod);
              return Origin.mark(identifier, field.path());
            });
  }

  private static void authority(Identifier identifier, Field field, MessageContext context) {
    Component authority = field.component(4);
    String system = Hd.system(authority, context);
    if (system.isEmpty()) {
      context.warn(field.path(), "no assigning authority");
      identifier.setSystem(Hd.unknown(context));
    } else {
      identifier.setSystemElement(Origin.mark(new UriType(system), authority.path()));
    }
    authority
        .string(authority.subcomponent(1))
        .ifPresent(name -> identifier.getAssigner().setDisplayElement(name));
  }

  /**
   * Sets the type and the use that follows from it; a code that table 0203 does not have is text.
   *
   * @param code may be empty, so that the default holds
   */
  public static void type(
      Identifier identifier, Component code, String defaultType, MessageContext context) {
    if (code.value().isEmpty()) {
      type(identifier, defaultType, context);
    } else {
      type(identifier, code.value(), context);
      Origin.mark(identifier.getType(), code.path());
    }
  }

  static void type(Identifier identifier, String type, MessageContext context) {
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
