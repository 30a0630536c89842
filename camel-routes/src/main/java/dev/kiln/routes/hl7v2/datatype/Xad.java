package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressType;
import org.hl7.fhir.r4.model.Address.AddressUse;

/** XAD, an address (chapter 2A). */
public final class Xad {

  private Xad() {}

  public static Optional<Address> address(Field field, MessageContext context) {
    Address address = new Address();
    Component street = field.component(1);
    present(street.value(), address::addLine);
    if (street.value().isEmpty()) {
      // SAD: street name and house number apart.
      present((street.subcomponent(2) + " " + street.subcomponent(3)).strip(), address::addLine);
    }
    present(field.component(2).text(), address::addLine);
    present(field.component(3).text(), address::setCity);
    present(field.component(4).text(), address::setState);
    present(field.component(5).text(), address::setPostalCode);
    present(field.component(6).text(), address::setCountry);
    present(field.component(9).text(), address::setDistrict);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    String type = field.component(7).value();
    context
        .translate("v2-0190-address-use", type)
        .ifPresent(use -> address.setUse(AddressUse.fromCode(use.getCode())));
    context
        .translate("v2-0190-address-type", type)
        .ifPresent(found -> address.setType(AddressType.fromCode(found.getCode())));
    Ts.period(field.component(13).value(), field.component(14).value(), field.path(), context)
        .ifPresent(address::setPeriod);
    return Optional.of(address);
  }

  private static void present(String text, Consumer<String> setter) {
    if (!text.isEmpty()) {
      setter.accept(text);
    }
  }
}
