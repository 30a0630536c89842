package dev.kiln.messages;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Hides what a value says and leaves its form, by which an engineer sees that a name stands where a
 * number should, or that a date lacks its day: every run of letters or signs becomes {@code xxxx},
 * of digits {@code 99}, and only runs of six digits and more, dates above all, keep their length.
 * The length of a word would tell yes from no, and a sign positive from negative.
 */
final class Mask {

  private static final Pattern NUMBER = Pattern.compile("(?<![0-9])[0-9]{1,5}(?![0-9])");
  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{6,}");
  private static final Pattern WORD =
      Pattern.compile("(?:[\\p{IsAlphabetic}+<>=!?%*]|-(?![0-9])|(?<![0-9])-)+|[^\\x00-\\x7f]+");

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
    return LONG_NUMBER
        .matcher(WORD.matcher(NUMBER.matcher(value).replaceAll("99")).replaceAll(Mask::word))
        .replaceAll(digits -> "9".repeat(digits.end() - digits.start()));
  }

  private static String word(MatchResult word) {
    return Character.isUpperCase(word.group().codePointAt(0)) ? "Xxxx" : "xxxx";
  }
}
