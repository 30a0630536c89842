package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * SN, a structured number (chapter 2A): a quantity, a range, a ratio, or text where FHIR has no
 * form for it.
 */
public final class Sn {

  private static final Map<String, QuantityComparator> COMPARATORS =
      Map.of(
          "<", QuantityComparator.LESS_THAN,
          "<=", QuantityComparator.LESS_OR_EQUAL,
          ">", QuantityComparator.GREATER_THAN,
          ">=", QuantityComparator.GREATER_OR_EQUAL);

  private Sn() {}

  /**
   * @param unit makes quantities that have the unit and no value yet
   */
  public static Type value(Field field, Supplier<Quantity> unit) {
    return Origin.mark(number(field, unit), field.path());
  }

  private static Type number(Field field, Supplier<Quantity> unit) {
    String comparator = field.component(1).text();
    String separator = field.component(3).text();
    Optional<DecimalType> first = Nm.decimal(field.component(2));
    Optional<DecimalType> second = Nm.decimal(field.component(4));
    boolean plain = comparator.isEmpty() || comparator.equals("=");
    if (first.isPresent() && !field.component(4).isPresent() && separator.isEmpty()) {
      Quantity quantity = unit.get().setValueElement(first.get());
      if (plain) {
        return quantity;
      }
      if (COMPARATORS.containsKey(comparator)) {
        quantity.setComparator(COMPARATORS.get(comparator));
        Origin.mark(quantity.getComparatorElement(), field.component(1).path());
        return quantity;
      }
    }
    if (plain && first.isPresent() && second.isPresent()) {
      Quantity low = unit.get().setValueElement(first.get());
      Quantity high = unit.get().setValueElement(second.get());
      if (separator.equals("-") && low.getValue().compareTo(high.getValue()) <= 0) {
        return new Range().setLow(low).setHigh(high);
      }
      if (separator.equals(":") || separator.equals("/")) {
        return new Ratio().setNumerator(low).setDenominator(high);
      }
    }
    return new StringType(
        IntStream.rangeClosed(1, 4)
            .mapToObj(number -> field.component(number).text())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" ")));
  }
}
