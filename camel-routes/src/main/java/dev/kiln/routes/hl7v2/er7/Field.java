package dev.kiln.routes.hl7v2.er7;

import java.util.List;

/** One repetition of a field. Whatever asks for its content marks it as read. */
public final class Field {

  private final String path;
  private final String raw;
  private final Delimiters delimiters;
  private final Escapes escapes;
  private List<String> components;
  private boolean read;

  Field(String path, String raw, Delimiters delimiters, Escapes escapes) {
    this.path = path;
    this.raw = raw;
    this.delimiters = delimiters;
    this.escapes = escapes;
  }

  /**
   * Where the field stands: {@code PID-3}, {@code PID-3[2]} for its second repetition, or {@code
   * OBX[2]-5} for that of the second OBX.
   */
  public String path() {
    return path;
  }

  /** Whether it holds something other than separators and the HL7 null. */
  public boolean isPresent() {
    return !isBlank() && !isNull();
  }

  /** The HL7 null {@code ""}: the sender asks to remove what is known (section 2.5.3). */
  public boolean isNull() {
    boolean isNull = Component.isNull(raw.strip());
    read |= isNull;
    return isNull;
  }

  /** The first component's first subcomponent, unescaped and without blanks around it. */
  public String value() {
    return component(1).value();
  }

  /**
   * The whole repetition, unescaped; separators that stand in it are text, as senders forget to
   * escape them.
   */
  public String text() {
    read = true;
    return isNull() ? "" : escapes.decode(raw);
  }

  public Component component(int number) {
    read = true;
    if (components == null) {
      components = Segment.split(raw, delimiters.component());
    }
    String component = number <= components.size() ? components.get(number - 1) : "";
    return new Component(path + "." + number, component, delimiters, escapes);
  }

  void markRead() {
    read = true;
  }

  boolean isRead() {
    return read;
  }

  boolean isBlank() {
    return delimiters.isEmpty(raw);
  }
}
