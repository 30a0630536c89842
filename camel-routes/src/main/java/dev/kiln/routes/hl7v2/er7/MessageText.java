package dev.kiln.routes.hl7v2.er7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text of a message, decoded as its own MSH-18 asks (chapter 2, MSH-18).
 *
 * @param charset what the bytes were read in, and what an acknowledgement is written in
 * @param charsetSupported false where MSH-18 names an unknown set and the bytes need one; the text
 *     is then only good for finding the ASCII fields of MSH
 * @param warnings where MSH-18 and the bytes disagree
 */
public record MessageText(
    String text, Charset charset, boolean charsetSupported, List<String> warnings) {

  private static final int MSH_18 = 17;

  /** Each segment costs memory, and a frame of nothing but segment ends holds millions. */
  private static final int MOST_SEGMENTS = 100_000;

  public static MessageText decode(byte[] raw) {
    return decode(raw, null, null);
  }

  /**
   * @param silent what the sender means where MSH-18 is empty; null to find out
   * @param forced what the sender means whatever MSH-18 says; null to believe that
   */
  public static MessageText decode(byte[] raw, Charset silent, Charset forced) {
    if (forced != null) {
      return plain(new String(raw, forced), forced);
    }
    Charset wide = wide(raw);
    if (wide != null) {
      return plain(new String(raw, wide), wide);
    }
    String[] names = declared(raw);
    String first = names.length == 0 ? "" : names[0];
    boolean ascii = isAscii(raw);
    Optional<Charset> japanese = japanese(names);
    if (first.isEmpty() && japanese.isEmpty()) {
      if (silent != null) {
        return plain(new String(raw, silent), silent);
      }
      return guess(raw, List.of());
    }
    Optional<Charset> named = japanese.or(() -> Table0211.charset(first));
    if (named.isEmpty()) {
      if (ascii || utf8(raw) != null) {
        return guess(raw, List.of("MSH-18: not a character set of table 0211, read as UTF-8"));
      }
      return new MessageText(
          strip(new String(raw, StandardCharsets.ISO_8859_1)),
          StandardCharsets.ISO_8859_1,
          false,
          List.of());
    }
    Charset charset = named.get();
    if (charset.equals(StandardCharsets.UTF_16) || charset.name().equals("UTF-32")) {
      // Sixteen bits have been recognised above: these bytes are eight bits wide, whatever MSH-18
      // says.
      return guess(raw, List.of("MSH-18: the bytes are not in the declared character set"));
    }
    if (charset.equals(StandardCharsets.US_ASCII) && !ascii
        || charset.equals(StandardCharsets.UTF_8) && utf8(raw) == null) {
      return guess(raw, List.of("MSH-18: the bytes are not in the declared character set"));
    }
    return plain(new String(raw, charset), charset);
  }

  private static MessageText plain(String text, Charset charset) {
    return new MessageText(strip(text), charset, true, List.of());
  }

  private static MessageText guess(byte[] raw, List<String> warnings) {
    String utf8 = utf8(raw);
    return utf8 == null
        ? new MessageText(
            strip(new String(raw, StandardCharsets.ISO_8859_1)),
            StandardCharsets.ISO_8859_1,
            true,
            warnings)
        : new MessageText(strip(utf8), StandardCharsets.UTF_8, true, warnings);
  }

  /**
   * Japanese senders list an 8-bit or 7-bit set first and JIS X 0208 after it, changed to by ISO
   * 2022 escapes.
   */
  private static Optional<Charset> japanese(String[] names) {
    return Stream.of(names)
        .skip(1)
        .map(Table0211::charset)
        .flatMap(Optional::stream)
        .filter(charset -> charset.name().equals("ISO-2022-JP"))
        .findFirst();
  }

  /** UTF-16 by its byte order mark, or by the zero bytes that stand in "MSH". */
  private static Charset wide(byte[] raw) {
    if (raw.length < 4) {
      return null;
    }
    int first = (raw[0] & 0xff) << 8 | raw[1] & 0xff;
    if (first == 0xfeff || raw[0] == 0 && raw[1] == 'M') {
      return StandardCharsets.UTF_16BE;
    }
    return first == 0xfffe || raw[0] == 'M' && raw[1] == 0 ? StandardCharsets.UTF_16LE : null;
  }

  private static String[] declared(byte[] raw) {
    String text = strip(new String(raw, StandardCharsets.ISO_8859_1));
    if (!text.startsWith("MSH") || text.length() < 5) {
      return new String[0];
    }
    String msh = text.split("[\r\n]", 2)[0];
    List<String> fields = Segment.split(msh, msh.charAt(3));
    Optional<Delimiters> delimiters = Delimiters.of(msh);
    if (fields.size() <= MSH_18 || delimiters.isEmpty()) {
      return new String[0];
    }
    return Segment.split(fields.get(MSH_18), delimiters.get().repetition()).stream()
        .map(name -> Segment.split(name, delimiters.get().component()).get(0).strip())
        .toArray(String[]::new);
  }

  private static boolean isAscii(byte[] raw) {
    for (byte b : raw) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static String utf8(byte[] raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Without byte order mark, MLLP's frame and blank lines around the message. */
  private static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isFrame(text.charAt(start))) {
      start++;
    }
    // The mark of UTF-8, seen through ISO 8859-1.
    if (text.startsWith("\u00ef\u00bb\u00bf", start)) {
      return strip(text.substring(start + 3));
    }
    while (end > start && isFrame(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isFrame(char c) {
    return c <= ' ' || c == '\ufeff';
  }

  /** True for what no sender means, told before the segments are made. */
  public boolean hasTooManySegments() {
    return text.chars().filter(c -> c == '\r' || c == '\n').count() > MOST_SEGMENTS;
  }

  /** The header alone, which is all that an answer to an endless message needs. */
  public MessageText firstSegment() {
    String header = text.strip().split("[\r\n]", 2)[0];
    return new MessageText(header, charset, charsetSupported, warnings);
  }
}
