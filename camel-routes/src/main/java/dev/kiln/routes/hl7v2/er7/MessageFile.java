package dev.kiln.routes.hl7v2.er7;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of messages, one after the other or as a batch (section 2.10.3). */
public final class MessageFile {

  private static final Pattern MESSAGE =
      Pattern.compile("(?:^|(?<=[\r\n\u000b]))MSH(?=[^A-Za-z0-9\\s])");

  /** The header of the next batch or the end of this one. */
  private static final Pattern END =
      Pattern.compile("(?:^|(?<=[\r\n\u000b]))(?:FHS|BHS|BTS|FTS)(?=[^A-Za-z0-9\\s]|$)");

  private MessageFile() {}

  /** The messages' bytes; all of the file where it has no MSH that a line begins with. */
  public static List<byte[]> messages(byte[] file) {
    // Any byte is one character of this set, so that positions are the same in both.
    String text = new String(file, StandardCharsets.ISO_8859_1);
    List<Integer> starts = new ArrayList<>();
    Matcher message = MESSAGE.matcher(text);
    while (message.find()) {
      starts.add(message.start());
    }
    if (starts.isEmpty()) {
      return List.of(file);
    }
    List<byte[]> messages = new ArrayList<>();
    for (int at = 0; at < starts.size(); at++) {
      int next = at + 1 < starts.size() ? starts.get(at + 1) : text.length();
      Matcher end = END.matcher(text).region(starts.get(at), next);
      end.useTransparentBounds(true);
      int until = end.find() ? end.start() : next;
      messages.add(text.substring(starts.get(at), until).getBytes(StandardCharsets.ISO_8859_1));
    }
    return messages;
  }
}
