package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.er7.Component;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DecimalType;

/** NM, a number (chapter 2A), with the digits that were sent, since 7.10 says more than 7.1. */
public final class Nm {

  private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)");

  /** FHIR's decimal is only good for as many digits. */
  private static final int MOST_DIGITS = 18;

  private Nm() {}

  /** Marked with where it stands; empty where it is no number. */
  public static Optional<DecimalType> decimal(Component component) {
    return decimal(component.text())
        .map(number -> Origin.mark(new DecimalType(number), component.path()));
  }

  public static Optional<BigDecimal> decimal(String text) {
    String value = text.strip();
    if (value.length() > 2 * MOST_DIGITS || !NUMBER.matcher(value).matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(value);
    return number.precision() <= MOST_DIGITS && number.scale() <= MOST_DIGITS
        ? Optional.of(number)
        : Optional.empty();
  }
}
