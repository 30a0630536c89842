package dev.kiln.routes.hl7v2.datatype.party;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUseEnumFactory;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.StringType;

/** XTN, a telephone number or e-mail address (chapter 2A). */
public final class Xtn {

  private static final String EXTENSION = "http://hl7.org/fhir/StructureDefinition/contactpoint-";

  /** What a number that was written as one would lose. */
  private static final Map<Integer, String> PARTS =
      new TreeMap<>(Map.of(5, "country", 6, "area", 7, "local", 8, "extension"));

  private Xtn() {}

  /**
   * @param defaultUse where the field says none; may be null
   */
  public static Optional<ContactPoint> contactPoint(
      Field field, ContactPointUse defaultUse, MessageContext context) {
    Component use = field.component(2);
    Component equipment = field.component(3);
    ContactPointSystem system = system(field, use.value(), equipment.value(), context);
    Optional<StringType> value = value(field, system);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    ContactPoint point = Origin.mark(new ContactPoint(), field.path());
    point.setSystem(system).setValueElement(value.get());
    if (equipment.value().equals("CP")) {
      Origin.mark(point.setUse(ContactPointUse.MOBILE).getUseElement(), equipment.path());
    } else if (use.value().isEmpty()) {
      point.setUse(defaultUse);
    } else {
      context
          .translate("v2-0201-contact-point-use", use, new ContactPointUseEnumFactory())
          .ifPresent(point::setUseElement);
    }
    Component rank = field.component(18);
    if (rank.value().matches("[1-9][0-9]{0,3}")) {
      point.setRankElement(Origin.mark(new PositiveIntType(rank.value()), rank.path()));
    }
    Ts.period(field.component(13), field.component(14), context).ifPresent(point::setPeriod);
    PARTS.forEach(
        (number, part) ->
            field
                .component(number)
                .string()
                .ifPresent(text -> point.addExtension(EXTENSION + part, text)));
    return Optional.of(point);
  }

  private static ContactPointSystem system(
      Field field, String use, String equipment, MessageContext context) {
    boolean address = field.component(4).isPresent() || field.component(1).text().contains("@");
    if (address && numbers(field).isEmpty()) {
      // Senders give e-mail addresses as those of telephones.
      return isWebAddress(field) ? ContactPointSystem.URL : ContactPointSystem.EMAIL;
    }
    String assumed = use.equals("NET") ? "Internet" : use.equals("BPN") ? "BP" : "PH";
    return context
        .translate("v2-0202-contact-point-system", equipment)
        .or(() -> context.translate("v2-0202-contact-point-system", assumed))
        .map(code -> ContactPointSystem.fromCode(code.getCode()))
        .orElse(ContactPointSystem.OTHER);
  }

  private static boolean isWebAddress(Field field) {
    return field.component(4).text().matches("(?i)https?://.*");
  }

  private static Optional<StringType> value(Field field, ContactPointSystem system) {
    if (system == ContactPointSystem.EMAIL || system == ContactPointSystem.URL) {
      return field.component(4).string().or(() -> field.component(1).string());
    }
    // The unformatted number (12) is the one that dialled as it stands; the first component is its
    // predecessor.
    return field
        .component(12)
        .string()
        .or(() -> field.component(1).string())
        .or(() -> Optional.of(numbers(field)).filter(n -> !n.isEmpty()).map(StringType::new));
  }

  private static String numbers(Field field) {
    String country = field.component(5).text();
    String extension = field.component(8).text();
    String number =
        Stream.of(
                country.isEmpty() || country.startsWith("+") ? country : "+" + country,
                field.component(6).text(),
                field.component(7).text())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" "));
    return number.isEmpty() || extension.isEmpty() ? number : number + " ext. " + extension;
  }
}
