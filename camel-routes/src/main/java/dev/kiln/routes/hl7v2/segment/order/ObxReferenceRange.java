package dev.kiln.routes.hl7v2.segment.order;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Nm;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.UriType;

/** OBX-6 and OBX-7: in what unit a value is, and what is normal. */
final class ObxReferenceRange {

  private static final String UCUM = "http://unitsofmeasure.org";
  private static final String NUMBER = "([+-]?[0-9]*\\.?[0-9]+)";
  private static final Pattern BETWEEN = Pattern.compile(NUMBER + "\\s*(?:-|to)\\s*" + NUMBER);
  private static final Pattern BOUND = Pattern.compile("([<>])=?\\s*" + NUMBER);

  /** Longer texts are prose; the patterns would try every division of them. */
  private static final int LONGEST_RANGE = 60;

  private ObxReferenceRange() {}

  /** A quantity without value. Only a unit that claims to be of UCUM gets a code. */
  static Quantity unit(Field field, MessageContext context) {
    Quantity unit = new Quantity();
    Component sent = field.component(1);
    String code = Cwe.code(sent.text());
    field.component(2).string().or(() -> sent.string(code)).ifPresent(unit::setUnitElement);
    boolean ucum = !code.isEmpty() && UCUM.equals(Cwe.system(field.component(3).value(), context));
    boolean legal = ucum && context.terminology().units().isUnit(code);
    if (ucum && !legal) {
      context.warn(field.path(), "not a unit of UCUM");
    }
    if (legal) {
      unit.setCodeElement(Origin.mark(new CodeType(code), sent.path()));
      unit.setSystemElement(Origin.mark(new UriType(UCUM), field.component(3).path()));
    }
    return unit;
  }

  /** The range as it was written, and as numbers where it can be read so. */
  static Optional<ObservationReferenceRangeComponent> of(Field field, Supplier<Quantity> unit) {
    String text = field.text().strip();
    if (text.isEmpty() || !field.isPresent()) {
      return Optional.empty();
    }
    ObservationReferenceRangeComponent range =
        Origin.mark(new ObservationReferenceRangeComponent().setText(text), field.path());
    if (text.length() > LONGEST_RANGE) {
      return Optional.of(range);
    }
    Matcher between = BETWEEN.matcher(text);
    Matcher bound = BOUND.matcher(text);
    if (between.matches()) {
      Optional<BigDecimal> low = Nm.decimal(between.group(1));
      Optional<BigDecimal> high = Nm.decimal(between.group(2));
      if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) <= 0) {
        range.setLow(unit.get().setValue(low.get())).setHigh(unit.get().setValue(high.get()));
      }
    } else if (bound.matches() && Nm.decimal(bound.group(2)).isPresent()) {
      Quantity limit = unit.get().setValue(Nm.decimal(bound.group(2)).get());
      if (bound.group(1).equals("<")) {
        range.setHigh(limit);
      } else {
        range.setLow(limit);
      }
    }
    return Optional.of(range);
  }
}
