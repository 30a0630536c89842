package dev.kiln.routes.hl7v2.er7;

import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Escape sequences of text (section 2.7), with the separators and the character set of one message.
 */
public final class Escapes {

  private static final int MOST_BLANKS = 100;

  private final Delimiters delimiters;
  private final Charset charset;

  Escapes(Delimiters delimiters, Charset charset) {
    this.delimiters = delimiters;
    this.charset = charset;
  }

  /**
   * The text that was meant. What is no escape sequence stays as it is, since senders forget to
   * escape.
   */
  public String decode(String raw) {
    char escape = delimiters.escape();
    if (escape == Delimiters.ABSENT || raw.indexOf(escape) < 0) {
      return printable(raw);
    }
    StringBuilder text = new StringBuilder(raw.length());
    int from = 0;
    while (from < raw.length()) {
      int start = raw.indexOf(escape, from);
      int end = start < 0 ? -1 : raw.indexOf(escape, start + 1);
      if (end < 0) {
        return printable(text.append(raw, from, raw.length()).toString());
      }
      text.append(raw, from, start);
      String sequence = raw.substring(start + 1, end);
      String meaning = meaning(sequence);
      if (meaning != null) {
        text.append(meaning);
        from = end + 1;
      } else if (isForeign(sequence)) {
        text.append(raw, start, end + 1);
        from = end + 1;
      } else {
        // A lone escape character: the next one may begin a real sequence.
        text.append(escape);
        from = start + 1;
      }
    }
    return printable(text.toString());
  }

  /**
   * The text as it must be written in this message; a separator that cannot be escaped becomes a
   * blank.
   */
  public String encode(String text) {
    StringBuilder raw = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == delimiters.escape()) {
        raw.append(sequence('E'));
      } else if (c == delimiters.field()) {
        raw.append(sequence('F'));
      } else if (c == delimiters.component()) {
        raw.append(sequence('S'));
      } else if (c == delimiters.repetition()) {
        raw.append(sequence('R'));
      } else if (c == delimiters.subcomponent()) {
        raw.append(sequence('T'));
      } else if (c == '\r' || c == '\n') {
        raw.append(delimiters.escape() == Delimiters.ABSENT ? " " : hex(c));
      } else {
        raw.append(c);
      }
    }
    return raw.toString();
  }

  private String sequence(char name) {
    char escape = delimiters.escape();
    return escape == Delimiters.ABSENT ? " " : "" + escape + name + escape;
  }

  private String hex(char c) {
    return delimiters.escape()
        + "X"
        + HexFormat.of().withUpperCase().toHexDigits((byte) c)
        + delimiters.escape();
  }

  private String meaning(String sequence) {
    return switch (sequence) {
      case "F" -> String.valueOf(delimiters.field());
      case "S" -> separator(delimiters.component());
      case "R" -> separator(delimiters.repetition());
      case "T" -> separator(delimiters.subcomponent());
      case "E" -> String.valueOf(delimiters.escape());
      case "P" -> "#";
      case "H", "N" -> "";
      default -> longMeaning(sequence);
    };
  }

  private static String separator(char c) {
    return c == Delimiters.ABSENT ? null : String.valueOf(c);
  }

  private String longMeaning(String sequence) {
    if (sequence.startsWith("X")) {
      return bytes(sequence.substring(1));
    }
    if (!sequence.startsWith(".") || sequence.length() < 3) {
      return null;
    }
    String command = sequence.substring(1, 3).toLowerCase(Locale.ROOT);
    return switch (command) {
      case "br", "ce" -> "\n";
      case "sp" -> "\n".repeat(count(sequence));
      case "sk" -> " ".repeat(count(sequence));
      case "in", "ti", "fi", "nf" -> "";
      default -> null;
    };
  }

  private String bytes(String digits) {
    boolean legal =
        !digits.isEmpty()
            && digits.length() % 2 == 0
            && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    return legal ? new String(HexFormat.of().parseHex(digits), charset) : null;
  }

  private static int count(String command) {
    String digits = command.substring(3).strip();
    boolean legal = digits.matches("[+]?[0-9]{1,4}");
    return legal ? Math.min(MOST_BLANKS, Math.max(1, Integer.parseInt(digits))) : 1;
  }

  /** A change of character set, or a sequence of the sender's own: kept whole, with its end. */
  private static boolean isForeign(String sequence) {
    return sequence.matches("[CM][0-9A-Fa-f]{4,6}|Z[^\\s]*");
  }

  /** FHIR's string has no control characters but tab, line feed and carriage return. */
  private static String printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        StringBuilder kept = new StringBuilder(text.length());
        text.chars().filter(c -> !isControl((char) c)).forEach(c -> kept.append((char) c));
        return kept.toString();
      }
    }
    return text;
  }

  private static boolean isControl(char c) {
    return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f || c >= 0xfffe;
  }
}
