package dev.kiln.routes.hl7v2.site;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * What becomes of one field of a sender's own segment.
 *
 * @param segment its name, which begins with Z
 * @param field its number
 * @param component its component; 0 for the whole field
 * @param kind what the value is
 * @param extension URL of the extension that it becomes; null where it becomes an observation
 * @param of the resource that is extended: {@code Patient} or {@code Encounter}
 * @param observation code of the observation that it becomes; null where it becomes an extension
 */
public record SiteField(
    String segment,
    int field,
    int component,
    Kind kind,
    String extension,
    String of,
    Coding observation) {

  /** Kinds of values, named as in a profile. */
  public enum Kind {
    STRING,
    /** Y or N (table 0136). */
    BOOLEAN,
    /** A point in time, in the precision that it is given in. */
    DATE,
    /** A code with its text and system, as in CWE. */
    CONCEPT
  }

  Optional<Type> value(Field sent, MessageContext context) {
    return switch (kind) {
      case STRING -> Optional.of(text(sent)).filter(text -> !text.isEmpty()).map(StringType::new);
      case BOOLEAN -> truth(sent, context);
      case DATE -> Ts.dateTime(sent, context).map(Type.class::cast);
      case CONCEPT -> Cwe.concept(sent, context).map(Type.class::cast);
    };
  }

  private Optional<Type> truth(Field sent, MessageContext context) {
    String text = text(sent);
    if (!text.isEmpty() && !text.matches("[YyNn]")) {
      context.warn(sent.path(), "neither Y nor N");
      return Optional.empty();
    }
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new BooleanType(text.equalsIgnoreCase("Y")));
  }

  private String text(Field sent) {
    return component == 0 ? sent.text().strip() : sent.component(component).text();
  }
}
