package dev.kiln.routes.hl7v2.datatype.party;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressTypeEnumFactory;
import org.hl7.fhir.r4.model.Address.AddressUseEnumFactory;
import org.hl7.fhir.r4.model.StringType;

/** XAD, an address (chapter 2A). */
public final class Xad {

  private Xad() {}

  public static Optional<Address> address(Field field, MessageContext context) {
    Address address = Origin.mark(new Address(), field.path());
    Stream.of(street(field.component(1)), field.component(2).string())
        .flatMap(Optional::stream)
        .forEach(address.getLine()::add);
    field.component(3).string().ifPresent(address::setCityElement);
    field.component(4).string().ifPresent(address::setStateElement);
    field.component(5).string().ifPresent(address::setPostalCodeElement);
    field.component(6).string().ifPresent(address::setCountryElement);
    field.component(9).string().ifPresent(address::setDistrictElement);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    Component type = field.component(7);
    context
        .translate("v2-0190-address-use", type, new AddressUseEnumFactory())
        .ifPresent(address::setUseElement);
    context
        .translate("v2-0190-address-type", type, new AddressTypeEnumFactory())
        .ifPresent(address::setTypeElement);
    Ts.period(field.component(13), field.component(14), context).ifPresent(address::setPeriod);
    return Optional.of(address);
  }

  /** SAD has the whole line, or the street's name and the number of the house apart. */
  private static Optional<StringType> street(Component street) {
    return street
        .string(street.value())
        .or(() -> street.string((street.subcomponent(2) + " " + street.subcomponent(3)).strip()));
  }
}
