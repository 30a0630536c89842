package dev.kiln.messages;

/**
 * Hides what a value says and leaves its shape, by which an engineer sees that a date lacks its
 * day, or that a name stands where a number should: letters become x, digits 9, all else stays.
 */
final class Mask {

  private final boolean isOn;

  Mask(boolean isOn) {
    this.isOn = isOn;
  }

  boolean isOn() {
    return isOn;
  }

  /**
   * @param isOpen whether anybody may see it
   */
  String of(String value, boolean isOpen) {
    return value == null || isOpen || !isOn ? value : shape(value);
  }

  private static String shape(String value) {
    StringBuilder shape = new StringBuilder(value.length());
    value
        .codePoints()
        .forEach(
            c ->
                shape.append(
                    Character.isDigit(c)
                        ? '9'
                        : Character.isUpperCase(c)
                            ? 'X'
                            : c > 127 || Character.isLetter(c) ? 'x' : (char) c));
    return shape.toString();
  }
}
