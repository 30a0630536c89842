package dev.kiln.command.send;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a receiver answered, in its own separators. */
final class Acknowledgement {

  private static final Set<String> ACCEPTED = Set.of("AA", "CA");

  private final String text;

  Acknowledgement(byte[] answer) {
    this.text = decode(answer).strip();
  }

  /** Receivers that know nothing of MSH-18 answer in whatever they have. */
  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** With a line for each segment. */
  String text() {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /**
   * Whether it accepts the message: each MSA, of which a batch has several, is positive. The one of
   * a single message must name it.
   */
  boolean accepts(byte[] message) {
    List<String[]> answers = segments(text, "MSA");
    List<String[]> sent = segments(decode(message), "MSH");
    boolean isNamed =
        sent.size() != 1
            || answers.stream().anyMatch(answer -> field(answer, 2).equals(field(sent.get(0), 9)));
    return !answers.isEmpty()
        && answers.stream().allMatch(answer -> ACCEPTED.contains(field(answer, 1)))
        && isNamed;
  }

  private static String field(String[] segment, int number) {
    return number < segment.length ? segment[number] : "";
  }

  /** Split at the separator that the first header names. */
  private static List<String[]> segments(String text, String name) {
    if (text.length() < 4) {
      return List.of();
    }
    String separator = Pattern.quote(text.substring(3, 4));
    return Stream.of(text.split("[\r\n]+"))
        .filter(line -> line.startsWith(name))
        .map(line -> line.split(separator, -1))
        .toList();
  }
}
