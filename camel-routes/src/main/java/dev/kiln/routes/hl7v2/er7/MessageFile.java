package dev.kiln.routes.hl7v2.er7;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one frame, body or file holds: a message, several in a row, or a batch (section 2.10.3). It
 * is divided by bytes, since each message has a character set of its own; sixteen bits wide it
 * cannot be divided.
 */
public final class MessageFile {

  private static final Pattern BEGINNING =
      Pattern.compile(
          "(?:^|(?<=[\r\n\u000b]))(?:MSH(?=[^A-Za-z0-9\\s])"
              + "|(?:FHS|BHS|BTS|FTS)(?=[^A-Za-z0-9\\s]|[\r\n]|$))");

  /** A segment that begins a message or stands around messages, with all that follows it. */
  record Piece(String name, int start, int end) {}

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();

  private MessageFile(byte[] file) {
    // Any byte is one character of this set, so that positions are the same in both.
    this.text = new String(file, StandardCharsets.ISO_8859_1);
    Matcher beginning = BEGINNING.matcher(text);
    List<Integer> starts = new ArrayList<>();
    // What stands before the first of them, a byte order mark for example, is no line's beginning.
    int first = text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
    beginning.region(first, text.length());
    while (beginning.find()) {
      starts.add(beginning.start());
    }
    for (int at = 0; at < starts.size(); at++) {
      int start = starts.get(at);
      int end = at + 1 < starts.size() ? starts.get(at + 1) : text.length();
      pieces.add(new Piece(text.substring(start, start + 3), start, end));
    }
  }

  public static MessageFile of(byte[] file) {
    return new MessageFile(file);
  }

  /** The messages' bytes; all of the file where it has no MSH that a line begins with. */
  public static List<byte[]> messages(byte[] file) {
    List<byte[]> messages = of(file).messages();
    return messages.isEmpty() ? List.of(file) : messages;
  }

  /** The bytes of each MSH and what follows it. */
  public List<byte[]> messages() {
    return pieces.stream()
        .filter(piece -> piece.name().equals("MSH"))
        .map(this::text)
        .map(message -> message.getBytes(StandardCharsets.ISO_8859_1))
        .toList();
  }

  /** Whether it is more than one message, good or bad. */
  public boolean isBatch() {
    return !pieces.isEmpty()
        && (pieces.get(0).name().matches("FHS|BHS")
            || pieces.stream().filter(piece -> piece.name().equals("MSH")).count() > 1);
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** Its bytes as characters of ISO 8859-1. */
  String text(Piece piece) {
    return text.substring(piece.start(), piece.end());
  }

  /** What stands before the first piece. */
  String before() {
    return pieces.isEmpty() ? text : text.substring(0, pieces.get(0).start());
  }
}
