package dev.kiln.routes.hl7v2.er7;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * HL7 table 0211, the alternate character sets of MSH-18, and what senders write in their stead.
 */
final class Table0211 {

  private static final Map<String, String> NAMES = new HashMap<>();

  static {
    name("US-ASCII", "ASCII", "ISOIR6", "USASCII");
    for (int part : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 15}) {
      name("ISO-8859-" + part, "8859" + part, "ISO8859" + part);
    }
    name("ISO-8859-1", "ISOIR100", "LATIN1");
    name("ISO-8859-2", "ISOIR101");
    name("ISO-8859-3", "ISOIR109");
    name("ISO-8859-4", "ISOIR110");
    name("ISO-8859-5", "ISOIR144");
    name("ISO-8859-6", "ISOIR127");
    name("ISO-8859-7", "ISOIR126");
    name("ISO-8859-8", "ISOIR138");
    name("ISO-8859-9", "ISOIR148");
    name("ISO-8859-15", "ISOIR203");
    name("TIS-620", "ISOIR166");
    name("JIS_X0201", "ISOIR13", "ISOIR14");
    name("ISO-2022-JP", "ISOIR87", "ISOIR159");
    name("GB18030", "GB180302000", "GB18030");
    name("EUC-KR", "KSX1001");
    name("Big5", "BIG5");
    name("UTF-8", "UNICODE", "UNICODEUTF8", "UTF8", "ISOIR192");
    name("UTF-16", "UNICODEUTF16", "UTF16");
    name("UTF-32", "UNICODEUTF32", "UTF32");
  }

  private Table0211() {}

  private static void name(String charset, String... names) {
    for (String name : names) {
      NAMES.put(name, charset);
    }
  }

  /**
   * The character set of that name; empty where nobody knows it. A platform's own name, such as
   * windows-1252, is taken too, where plain ASCII keeps its bytes in it: MSH itself has been read
   * as ASCII by then.
   */
  static Optional<Charset> charset(String name) {
    String plain = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    try {
      Charset charset = Charset.forName(NAMES.getOrDefault(plain, name.strip()));
      boolean readable =
          NAMES.containsKey(plain)
              || new String("MSH|".getBytes(StandardCharsets.US_ASCII), charset).equals("MSH|");
      // Some sets can only be read, and an acknowledgement must be written.
      return readable && charset.canEncode() ? Optional.of(charset) : Optional.empty();
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }
}
