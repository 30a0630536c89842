package dev.kiln.routes.hl7v2;

import dev.kiln.routes.hl7v2.er7.Delimiters;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.MessageText;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Builds ACK messages (section 2.14.1), in the separators and the character set of the message that
 * they answer. Where the sender asks for the enhanced mode (section 2.9.3) by a value in MSH-15 or
 * MSH-16, they say that the message has been committed (CA, CE, CR), and MSH-15 says when to send
 * one.
 */
final class Hl7v2Acknowledgement {

  static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSxx");

  /** MSH-10 had 20 characters up to version 2.6. */
  private static final int CONTROL_ID_LENGTH = 20;

  /** MSH-9 has no place for the structure before 2.3.1, and is best answered by ACK alone. */
  private static final List<String> WITHOUT_STRUCTURE = List.of("2.1", "2.2", "2.3");

  private static final MessageText NOTHING =
      new MessageText("MSH|^~\\&|", StandardCharsets.UTF_8, true, List.of());

  private final Clock clock;

  Hl7v2Acknowledgement(Clock clock) {
    this.clock = clock;
  }

  /** Empty where the sender wants none. */
  byte[] of(MessageText received, Receipt receipt) {
    Optional<Message> parsed = Message.parse(received);
    MessageText answered = parsed.isPresent() ? received : NOTHING;
    Message message = parsed.orElseGet(() -> Message.parse(NOTHING).orElseThrow());
    Delimiters delimiters = message.delimiters();
    boolean enhanced = message.msh().field(15).isPresent() || message.msh().field(16).isPresent();
    if (enhanced && !isWanted(message.msh().field(15).value(), receipt.isAccepted())) {
      return new byte[0];
    }
    StringBuilder ack = new StringBuilder();
    append(ack, delimiters, header(message, receipt));
    String code = receipt.isAccepted() ? "AA" : receipt.refusal().reason().acknowledgement();
    // The codes of both modes (table 0008) differ in their first letter.
    code = enhanced ? "C" + code.substring(1) : code;
    append(ack, delimiters, List.of("MSA", code, message.msh().raw(10)));
    if (!receipt.isAccepted()) {
      append(ack, delimiters, error(message, receipt.refusal()));
    }
    return ack.toString().getBytes(answered.charset());
  }

  /** Table 0155. Who says nothing of use there is answered, lest it wait for ever. */
  private static boolean isWanted(String condition, boolean accepted) {
    return switch (condition.toUpperCase(Locale.ROOT)) {
      case "NE" -> false;
      case "ER" -> !accepted;
      case "SU" -> accepted;
      default -> true;
    };
  }

  static String newControlId() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, CONTROL_ID_LENGTH);
  }

  private List<String> header(Message message, Receipt receipt) {
    Segment msh = message.msh();
    return List.of(
        "MSH",
        message.delimiters().encodingCharacters(),
        msh.raw(5),
        msh.raw(6),
        msh.raw(3),
        msh.raw(4),
        TIME.format(OffsetDateTime.now(clock)),
        "",
        type(message, receipt),
        newControlId(),
        orElse(msh.raw(11), "P"),
        orElse(msh.raw(12), "2.5.1"),
        "",
        "",
        "",
        "",
        "",
        msh.raw(18));
  }

  private static String type(Message message, Receipt receipt) {
    int trigger = receipt.type().indexOf('^');
    if (trigger < 0 || WITHOUT_STRUCTURE.contains(message.msh().field(12).value())) {
      return "ACK";
    }
    String event = message.escapes().encode(receipt.type().substring(trigger + 1));
    return located("ACK^" + event + "^ACK", message.delimiters());
  }

  private static List<String> error(Message message, Refusal refusal) {
    String condition =
        String.join(
            "^",
            refusal.reason().condition(),
            message.escapes().encode(refusal.reason().text()),
            "HL70357");
    return List.of(
        "ERR",
        "",
        located(refusal.location(), message.delimiters()),
        located(condition, message.delimiters()),
        "E",
        refusal.reason().name(),
        "",
        "",
        message.escapes().encode(refusal.detail()));
  }

  /** Our own texts with components are written with the standard separator. */
  private static String located(String text, Delimiters delimiters) {
    return text.replace(Delimiters.STANDARD.component(), delimiters.component());
  }

  private static String orElse(String text, String otherwise) {
    return text.isBlank() ? otherwise : text;
  }

  private static void append(StringBuilder ack, Delimiters delimiters, List<String> fields) {
    String line = String.join(String.valueOf(delimiters.field()), fields);
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == delimiters.field()) {
      end--;
    }
    ack.append(line, 0, end).append('\r');
  }
}
