package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;

/** XTN, a telephone number or e-mail address (chapter 2A). */
public final class Xtn {

  private Xtn() {}

  /**
   * @param defaultUse where the field says none; may be null
   */
  public static Optional<ContactPoint> contactPoint(
      Field field, ContactPointUse defaultUse, MessageContext context) {
    String use = field.component(2).value();
    String equipment = field.component(3).value();
    ContactPointSystem system = system(field, use, equipment, context);
    String value = value(field, system);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    ContactPoint point = new ContactPoint().setSystem(system).setValue(value);
    if (equipment.equals("CP")) {
      point.setUse(ContactPointUse.MOBILE);
    } else if (use.isEmpty()) {
      point.setUse(defaultUse);
    } else {
      context
          .translate("v2-0201-contact-point-use", use)
          .ifPresent(code -> point.setUse(ContactPointUse.fromCode(code.getCode())));
    }
    if (field.component(18).value().matches("[1-9][0-9]{0,3}")) {
      point.setRank(Integer.parseInt(field.component(18).value()));
    }
    Ts.period(field.component(13).value(), field.component(14).value(), field.path(), context)
        .ifPresent(point::setPeriod);
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

  private static String value(Field field, ContactPointSystem system) {
    if (system == ContactPointSystem.EMAIL || system == ContactPointSystem.URL) {
      String address = field.component(4).text();
      return address.isEmpty() ? field.component(1).text() : address;
    }
    // The unformatted number (12) is the one that dialled as it stands; the first component is its
    // predecessor.
    return Stream.of(field.component(12).text(), field.component(1).text(), numbers(field))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
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
