package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Field;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Attachment;

/** ED, encapsulated data (chapter 2A), and RP, a pointer to data elsewhere (section 2A.3.62). */
public final class Ed {

  private static final String UNKNOWN_TYPE = "application/octet-stream";

  private static final Map<String, String> CONTENT_TYPES =
      Map.ofEntries(
          Map.entry("pdf", "application/pdf"),
          Map.entry("rtf", "application/rtf"),
          Map.entry("html", "text/html"),
          Map.entry("sgml", "text/sgml"),
          Map.entry("xml", "application/xml"),
          Map.entry("x-hl7-cda-level-one", "application/hl7-cda+xml"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("png", "image/png"),
          Map.entry("gif", "image/gif"),
          Map.entry("tiff", "image/tiff"),
          Map.entry("tif", "image/tiff"),
          Map.entry("dicom", "application/dicom"),
          Map.entry("basic", "audio/basic"),
          Map.entry("text", "text/plain"),
          Map.entry("plain", "text/plain"),
          Map.entry("plain text", "text/plain"));

  private Ed() {}

  /**
   * The data itself. What cannot be decoded, or has not the form of ED at all, is kept as the text
   * that was sent, with a warning.
   */
  public static Attachment attachment(Field field, MessageContext context) {
    String encoding = field.component(4).value().toLowerCase(Locale.ROOT);
    String data = field.component(5).text();
    Attachment attachment = Origin.mark(new Attachment(), field.path());
    try {
      if (!data.isEmpty()) {
        byte[] bytes =
            switch (encoding) {
              case "base64" -> base64(data);
              case "hex" -> HexFormat.of().parseHex(data.replaceAll("\\s", ""));
              default -> data.getBytes(StandardCharsets.UTF_8);
            };
        return attachment.setContentType(contentType(field, 2, 3)).setData(bytes);
      }
      context.warn(field.path(), "kept as text, there are no encapsulated data");
    } catch (IllegalArgumentException e) {
      context.warn(field.path(), "kept as text, the data are not in their declared encoding");
    }
    String sent = data.isEmpty() ? field.text() : data;
    return attachment.setContentType("text/plain").setData(sent.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Lines of 76 characters are usual; any other character would be dropped by a lenient decoder.
   */
  private static byte[] base64(String data) {
    return Base64.getDecoder().decode(data.replaceAll("\\s", ""));
  }

  /** Where the data lie. */
  public static Optional<Attachment> pointer(Field field) {
    String pointer = field.component(1).text();
    if (pointer.isEmpty()) {
      return Optional.empty();
    }
    Attachment attachment = Origin.mark(new Attachment(), field.path());
    if (field.component(3).isPresent() || field.component(4).isPresent()) {
      attachment.setContentType(contentType(field, 3, 4));
    }
    return Optional.of(
        Hd.isAbsolute(pointer) ? attachment.setUrl(pointer) : attachment.setTitle(pointer));
  }

  private static String contentType(Field field, int type, int subtype) {
    String main = field.component(type).value().toLowerCase(Locale.ROOT);
    String sub = field.component(subtype).value().toLowerCase(Locale.ROOT);
    String known = CONTENT_TYPES.getOrDefault(sub, CONTENT_TYPES.get(main));
    if (known != null && !main.equals("audio")) {
      return known;
    }
    boolean legal =
        main.matches("application|audio|image|text|video|model")
            && sub.matches("[a-z0-9][a-z0-9.+-]*");
    return legal ? main + "/" + sub : UNKNOWN_TYPE;
  }
}
