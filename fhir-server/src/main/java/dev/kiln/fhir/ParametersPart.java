package dev.kiln.fhir;

import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * A parameter that has parts, in the answer of an operation. An element of FHIR is never empty, so
 * that a part without a value is left out.
 */
public final class ParametersPart {

  private final ParametersParameterComponent component;

  private ParametersPart(ParametersParameterComponent component) {
    this.component = component;
  }

  public static ParametersPart of(Parameters answer, String name) {
    return new ParametersPart(answer.addParameter().setName(name));
  }

  public ParametersPart part(String name) {
    return new ParametersPart(component.addPart().setName(name));
  }

  public ParametersPart text(String name, String value) {
    return value == null || value.isEmpty() ? this : add(name, new StringType(value));
  }

  public ParametersPart code(String name, String value) {
    return value == null || value.isEmpty() ? this : add(name, new CodeType(value));
  }

  public ParametersPart number(String name, long value) {
    return add(name, new IntegerType(Math.toIntExact(Math.min(value, Integer.MAX_VALUE))));
  }

  public ParametersPart flag(String name, boolean value) {
    return add(name, new BooleanType(value));
  }

  public ParametersPart instant(String name, Instant value) {
    if (value == null) {
      return this;
    }
    InstantType type = new InstantType(Date.from(value));
    type.setTimeZone(TimeZone.getTimeZone("UTC"));
    return add(name, type);
  }

  private ParametersPart add(String name, Type value) {
    component.addPart().setName(name).setValue(value);
    return this;
  }
}
