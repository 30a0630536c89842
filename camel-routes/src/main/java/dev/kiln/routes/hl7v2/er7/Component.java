package dev.kiln.routes.hl7v2.er7;

import dev.kiln.routes.Origin;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.StringType;

/** One component of a field. */
public final class Component {

  private static final String NULL = "\"\"";

  private final String path;
  private final String raw;
  private final Delimiters delimiters;
  private final Escapes escapes;

  Component(String path, String raw, Delimiters delimiters, Escapes escapes) {
    this.path = path;
    this.raw = raw;
    this.delimiters = delimiters;
    this.escapes = escapes;
  }

  static boolean isNull(String raw) {
    return raw.equals(NULL);
  }

  /** Where the component stands, for example {@code PID-3.4} or {@code OBX[2]-5[3].1}. */
  public String path() {
    return path;
  }

  public boolean isPresent() {
    return !isNull() && !delimiters.isEmpty(raw);
  }

  public boolean isNull() {
    return isNull(raw.strip());
  }

  /** The first subcomponent, unescaped and without blanks around it. */
  public String value() {
    return subcomponent(1);
  }

  /**
   * The whole component, unescaped and without blanks around it, for datatypes that have no
   * subcomponents.
   */
  public String text() {
    return isNull() ? "" : escapes.decode(raw).strip();
  }

  /** The whole component in FHIR, marked with where it came from; empty where it has no text. */
  public Optional<StringType> string() {
    return string(text());
  }

  /** A part of the component, marked as the whole. */
  public Optional<StringType> string(String part) {
    return part.isEmpty() ? Optional.empty() : Optional.of(Origin.mark(new StringType(part), path));
  }

  /** Counted from 1; empty where there is none or it is the HL7 null. */
  public String subcomponent(int number) {
    List<String> parts = Segment.split(raw, delimiters.subcomponent());
    if (number > parts.size() || isNull(parts.get(number - 1).strip())) {
      return "";
    }
    return escapes.decode(parts.get(number - 1)).strip();
  }

  /** Whether the sender divided it. */
  public boolean hasSubcomponents() {
    return Segment.split(raw, delimiters.subcomponent()).size() > 1;
  }
}
