package dev.kiln.routes.hl7v2.datatype.party;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUseEnumFactory;
import org.hl7.fhir.r4.model.StringType;

/** XPN, a person's name (chapter 2A). */
public final class Xpn {

  private static final String EXTENSION = "http://hl7.org/fhir/StructureDefinition/humanname-";

  private Xpn() {}

  public static Optional<HumanName> name(Field field, MessageContext context) {
    HumanName name = Origin.mark(new HumanName(), field.path());
    family(field.component(1)).ifPresent(name::setFamilyElement);
    for (int given = 2; given <= 3; given++) {
      field.component(given).string().ifPresent(name.getGiven()::add);
    }
    // The professional suffix (14) came with version 2.5, the degree (6) is its predecessor.
    for (int suffix : new int[] {4, 6, 14}) {
      field.component(suffix).string().ifPresent(name.getSuffix()::add);
    }
    field.component(5).string().ifPresent(name.getPrefix()::add);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    context
        .translate("v2-0200-name-use", field.component(7), new NameUseEnumFactory())
        .ifPresent(name::setUseElement);
    Ts.period(field, 10, 12, context).ifPresent(name::setPeriod);
    return Optional.of(name);
  }

  /** FN: the surname and, where the sender divides it, its parts. */
  private static Optional<StringType> family(Component sent) {
    Optional<StringType> family = sent.string(sent.value());
    family.ifPresent(
        name -> {
          part(name, "own-prefix", sent.subcomponent(2));
          part(name, "own-name", sent.subcomponent(3));
          part(name, "partner-prefix", sent.subcomponent(4));
          part(name, "partner-name", sent.subcomponent(5));
        });
    return family;
  }

  private static void part(StringType family, String extension, String value) {
    if (!value.isEmpty()) {
      family.addExtension(EXTENSION + extension, new StringType(value));
    }
  }
}
