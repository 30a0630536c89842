package dev.kiln.routes.hl7v2.datatype.party;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import java.util.stream.Collectors;
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
    county(field.component(9)).ifPresent(address::setDistrictElement);
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
    Ts.period(field, 12, 13, context).ifPresent(address::setPeriod);
    return Optional.of(address);
  }

  /**
   * SAD has the whole line, and the street's name and the number of the house apart; some senders
   * divide the line among them instead.
   */
  private static Optional<StringType> street(Component street) {
    String line = street.value();
    return street.string(
        Stream.of(line, part(street, 2, line), part(street, 3, line))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" ")));
  }

  /** Empty where the line has it already. */
  private static String part(Component street, int number, String line) {
    String part = street.subcomponent(number);
    return line.contains(part) ? "" : part;
  }

  /** Since version 2.8 a code, of which the text is the county's name. */
  private static Optional<StringType> county(Component county) {
    String name = county.subcomponent(2);
    return county.string(name.isEmpty() ? county.value() : name);
  }
}
