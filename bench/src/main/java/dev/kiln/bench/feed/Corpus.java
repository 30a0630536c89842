package dev.kiln.bench.feed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Other people's messages, from the files of a folder and its subfolders: every HL7 v2 message of a
 * type that Kiln translates, each only once. Bytes are kept as they are but for what cannot be in a
 * frame: line ends become segment ends.
 */
public final class Corpus {

  private static final Set<String> TYPES =
      Set.of("ADT^A01", "ADT^A03", "ADT^A04", "ADT^A08", "ADT^A40", "ORU^R01", "SIU^S12");

  /**
   * A file may hold several messages, also between the segments of a batch (FHS, BHS, BTS, FTS).
   */
  private static final Pattern BEGIN = Pattern.compile("(?=(?:^|(?<=\r))(?:MSH|FHS|BHS|BTS|FTS))");

  private static final long LARGEST_FILE = 10_000_000;

  private Corpus() {}

  /**
   * @return the messages in the order of their files' names
   */
  public static List<Message> messages(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Map<String, Message> messages = new LinkedHashMap<>();
    for (Path file : files) {
      if (Files.size(file) <= LARGEST_FILE) {
        // This charset gives each byte back as it was.
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (String part : BEGIN.split(segments(text))) {
          if (isWanted(part)) {
            messages.putIfAbsent(part, message(answered(part)));
          }
        }
      }
    }
    return new ArrayList<>(messages.values());
  }

  private static String segments(String text) {
    return text.replaceFirst("^\u00ef\u00bb\u00bf", "")
        .replaceAll("[\u000b\u001c]", "")
        .replace("\r\n", "\r")
        .replace('\n', '\r')
        .replaceAll("\r{2,}", "\r")
        .stripLeading();
  }

  private static boolean isWanted(String text) {
    if (!text.startsWith("MSH") || text.length() < 8) {
      return false;
    }
    String[] type = components(field(text.split("\r")[0], 9), text);
    return type.length > 1 && TYPES.contains(type[0] + "^" + type[1]);
  }

  /**
   * Empties MSH-15 and MSH-16, which can forbid the acknowledgement (section 2.9.3): who gets none
   * cannot know what to send again.
   */
  private static String answered(String text) {
    String separator = text.substring(3, 4);
    String[] segments = text.split("\r", 2);
    String[] fields = segments[0].split(Pattern.quote(separator), -1);
    for (int index = 14; index < Math.min(16, fields.length); index++) {
      fields[index] = "";
    }
    return String.join(separator, fields) + text.substring(segments[0].length());
  }

  private static Message message(String text) {
    Set<String> people = new TreeSet<>();
    String[] segments = text.split("\r");
    for (String segment : segments) {
      if (segment.startsWith("PID")) {
        for (int number = 2; number <= 4; number++) {
          numbers(field(segment, number), text, people);
        }
      } else if (segment.startsWith("MRG")) {
        numbers(field(segment, 1), text, people);
      }
    }
    return new Message(
        field(segments[0], 10), people, text.getBytes(StandardCharsets.ISO_8859_1), null);
  }

  /** The first component of each repetition, without its authority: better too close than apart. */
  private static void numbers(String field, String text, Set<String> people) {
    char repetition = text.charAt(5);
    for (String one : field.split(Pattern.quote(String.valueOf(repetition)))) {
      String number = components(one, text)[0].strip();
      if (!number.isEmpty() && !number.equals("\"\"")) {
        people.add(number);
      }
    }
  }

  private static String[] components(String field, String text) {
    return field.split(Pattern.quote(text.substring(4, 5)), -1);
  }

  /** The separator itself is the first field of MSH. */
  private static String field(String segment, int number) {
    if (segment.length() < 4) {
      return "";
    }
    String[] fields = segment.split(Pattern.quote(segment.substring(3, 4)), -1);
    int index = segment.startsWith("MSH") ? number - 1 : number;
    return index < fields.length ? fields[index] : "";
  }
}
