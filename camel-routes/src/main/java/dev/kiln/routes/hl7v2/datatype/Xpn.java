package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.StringType;

/** XPN, a person's name (chapter 2A). */
public final class Xpn {

  private static final String EXTENSION = "http://hl7.org/fhir/StructureDefinition/humanname-";

  private Xpn() {}

  public static Optional<HumanName> name(Field field, MessageContext context) {
    HumanName name = new HumanName();
    Component family = field.component(1);
    if (!family.value().isEmpty()) {
      name.setFamily(family.value());
      part(name.getFamilyElement(), "own-prefix", family.subcomponent(2));
      part(name.getFamilyElement(), "own-name", family.subcomponent(3));
      part(name.getFamilyElement(), "partner-prefix", family.subcomponent(4));
      part(name.getFamilyElement(), "partner-name", family.subcomponent(5));
    }
    for (int given = 2; given <= 3; given++) {
      if (!field.component(given).text().isEmpty()) {
        name.addGiven(field.component(given).text());
      }
    }
    // The professional suffix (14) came with version 2.5, the degree (6) is its predecessor.
    for (int suffix : new int[] {4, 6, 14}) {
      if (!field.component(suffix).text().isEmpty()) {
        name.addSuffix(field.component(suffix).text());
      }
    }
    if (!field.component(5).text().isEmpty()) {
      name.addPrefix(field.component(5).text());
    }
    if (name.isEmpty()) {
      return Optional.empty();
    }
    context
        .translate("v2-0200-name-use", field.component(7).value())
        .ifPresent(use -> name.setUse(NameUse.fromCode(use.getCode())));
    Ts.period(field.component(12).value(), field.component(13).value(), field.path(), context)
        .ifPresent(name::setPeriod);
    return Optional.of(name);
  }

  private static void part(StringType family, String extension, String value) {
    if (!value.isEmpty()) {
      family.addExtension(EXTENSION + extension, new StringType(value));
    }
  }
}
