package dev.kiln.routes.hl7v2.datatype;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** NM, a number (chapter 2A), with the digits that were sent, since 7.10 says more than 7.1. */
public final class Nm {

  private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)");

  /** FHIR's decimal is only good for as many digits. */
  private static final int MOST_DIGITS = 18;

  private Nm() {}

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
