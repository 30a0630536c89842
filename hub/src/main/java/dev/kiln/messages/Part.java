package dev.kiln.messages;

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
 * A parameter that has parts. An element of FHIR is never empty, so that a part without a value is
 * left out.
 */
public final class Part {

  private final ParametersParameterComponent component;

  private Part(ParametersParameterComponent component) {
    this.component = component;
  }

  public static Part of(Parameters answer, String name) {
    return new Part(answer.addParameter().setName(name));
  }

  public Part part(String name) {
    return new Part(component.addPart().setName(name));
  }

  public Part text(String name, String value) {
    return value == null || value.isEmpty() ? this : add(name, new StringType(value));
  }

  public Part code(String name, String value) {
    return value == null || value.isEmpty() ? this : add(name, new CodeType(value));
  }

  public Part number(String name, long value) {
    return add(name, new IntegerType(Math.toIntExact(Math.min(value, Integer.MAX_VALUE))));
  }

  public Part flag(String name, boolean value) {
    return add(name, new BooleanType(value));
  }

  public Part instant(String name, Instant value) {
    if (value == null) {
      return this;
    }
    InstantType type = new InstantType(Date.from(value));
    type.setTimeZone(TimeZone.getTimeZone("UTC"));
    return add(name, type);
  }

  private Part add(String name, Type value) {
    component.addPart().setName(name).setValue(value);
    return this;
  }
}
