package dev.kiln.routes.hl7v2.er7;

import java.util.Optional;

/**
 * The separators that a message declares for itself in MSH-1 and MSH-2 (section 2.5.4). A separator
 * that the sender left out is {@link #ABSENT}, which occurs in no text.
 *
 * @param encodingCharacters MSH-2 as it was sent, to be echoed in an acknowledgement
 */
public record Delimiters(
    char field,
    char component,
    char repetition,
    char escape,
    char subcomponent,
    String encodingCharacters) {

  public static final char ABSENT = '\0';

  /** What section 2.5.4 recommends. */
  public static final Delimiters STANDARD = new Delimiters('|', '^', '~', '\\', '&', "^~\\&");

  private static final String RECOMMENDED = "^~\\&";

  /** Reads MSH-1 and MSH-2; empty where the line has none that could separate anything. */
  static Optional<Delimiters> of(String msh) {
    if (msh.length() < 5) {
      return Optional.empty();
    }
    char field = msh.charAt(3);
    int end = msh.indexOf(field, 4);
    String sent = end < 0 ? msh.substring(4) : msh.substring(4, end);
    if (!separates(field) || sent.isEmpty() || !sent.chars().allMatch(c -> separates((char) c))) {
      return Optional.empty();
    }
    String characters = intended(sent, field);
    return Optional.of(
        new Delimiters(
            field,
            at(characters, 0),
            at(characters, 1),
            at(characters, 2),
            at(characters, 3),
            sent));
  }

  /**
   * Repairs what senders get wrong: a doubled character (the escape written as in a program's
   * source) and the recommended set with one lost. A short set that begins as recommended is legal;
   * its end is then not in use.
   */
  private static String intended(String sent, char field) {
    StringBuilder distinct = new StringBuilder();
    sent.chars().filter(c -> c != field).distinct().forEach(c -> distinct.append((char) c));
    String characters = distinct.toString();
    boolean mutilated =
        characters.length() < 4
            && !RECOMMENDED.startsWith(characters)
            && characters.chars().allMatch(c -> RECOMMENDED.indexOf(c) >= 0)
            && RECOMMENDED.indexOf(field) < 0;
    return mutilated ? RECOMMENDED : characters;
  }

  private static boolean separates(char c) {
    return !Character.isLetterOrDigit(c) && c != '\0' && c != ' ' && c != '"';
  }

  private static char at(String characters, int index) {
    return index < characters.length() ? characters.charAt(index) : ABSENT;
  }

  /** Whether the text holds nothing but separators and blanks. */
  boolean isEmpty(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != component && c != repetition && c != subcomponent && !Character.isWhitespace(c)) {
        return false;
      }
    }
    return true;
  }
}
