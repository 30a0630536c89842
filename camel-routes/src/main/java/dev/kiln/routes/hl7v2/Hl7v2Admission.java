package dev.kiln.routes.hl7v2;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.MessageText;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.patient.PidIdentifiers;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Judges whether a message can be taken in (section 2.9.2). Refused is only what can never be
 * right; what can be read some other way than its sender may have meant is taken in with a warning.
 */
final class Hl7v2Admission {

  /** 2.1 to 2.9 with their editions, and 2.31 and the like, which mean 2.3.1. */
  private static final Pattern VERSION = Pattern.compile("2\\.[1-9][0-9]?(?:\\.[0-9]){0,3}");

  /** Read all the same, since only the first digit says that it is not another standard. */
  private static final Pattern VERSION_2 = Pattern.compile("2(?:[. ].{0,20})?");

  private static final Pattern BATCH = Pattern.compile("(?:FHS|BHS)[^A-Za-z0-9\\s]");

  private static final Set<String> PROCESSING_IDS = Set.of("P", "T", "D", "N");

  private final Hl7v2Translators translators;

  Hl7v2Admission(Hl7v2Translators translators) {
    this.translators = translators;
  }

  /**
   * @param contexts in which a message is translated
   */
  Receipt judge(MessageText text, Function<Message, MessageContext> contexts) {
    Optional<Message> parsed = Message.parse(text);
    if (parsed.isEmpty()) {
      if (BATCH.matcher(text.text()).lookingAt()) {
        return unreadable(
            "A batch (FHS, BHS) of this character set cannot be divided; send its messages one by one.");
      }
      return unreadable(
          "The message does not begin with an MSH segment that names its separators.");
    }
    Message message = parsed.get();
    Segment msh = message.msh();
    String sender = msh.field(3).value() + "|" + msh.field(4).value();
    String type = type(message);
    Receipt receipt =
        new Receipt(
            type,
            msh.field(10).component(1).text(),
            sender.equals("|") ? "" : sender,
            lanes(message, contexts.apply(message)),
            translators.of(type).filter(Hl7v2Translator::merges).isPresent(),
            null);
    return refusal(message, text).map(receipt::refusedBecause).orElse(receipt);
  }

  /**
   * A key for each number of each patient that the message names, in PID or in MRG. They are made
   * as the translation makes them, so that the same number has the same key in every message.
   */
  private static List<String> lanes(Message message, MessageContext context) {
    return Stream.concat(
            message.segments("PID").stream().map(pid -> PidIdentifiers.of(pid, context)),
            message.segments("MRG").stream().map(mrg -> PidIdentifiers.prior(mrg, context)))
        .flatMap(identifiers -> identifiers.ofOnePerson().stream())
        .map(identifier -> identifier.getSystem() + "|" + identifier.getValue())
        .distinct()
        .toList();
  }

  static Receipt unreadable(String detail) {
    return Receipt.unreadable(new Refusal(RejectReason.NOT_HL7, "", detail));
  }

  private static Optional<Refusal> refusal(Message message, MessageText text) {
    if (!text.charsetSupported()) {
      return refuse(
          RejectReason.UNSUPPORTED_CHARSET,
          "MSH^1^18",
          "MSH-18 is not in table 0211 and the message is not in UTF-8.");
    }
    if (message.segments("MSH").size() > 1) {
      return refuse(
          RejectReason.NOT_HL7,
          "MSH^2",
          "It holds several messages that cannot be divided; send them one by one.");
    }
    if (message.isCutOff()) {
      return refuse(
          RejectReason.FRAGMENT, "", "The message ends in the middle of a segment's name.");
    }
    return header(message.msh());
  }

  private static Optional<Refusal> header(Segment msh) {
    if (!msh.field(9).isPresent()) {
      return refuse(RejectReason.UNSUPPORTED_MESSAGE_TYPE, "MSH^1^9", "MSH-9 is empty.");
    }
    String version = msh.field(12).value();
    if (!version.isEmpty() && !VERSION_2.matcher(version).matches()) {
      return refuse(RejectReason.UNSUPPORTED_VERSION, "MSH^1^12", "MSH-12 is not a version 2.");
    }
    String processing = msh.field(11).value();
    if (!processing.isEmpty() && !PROCESSING_IDS.contains(processing.toUpperCase(Locale.ROOT))) {
      return refuse(
          RejectReason.UNSUPPORTED_PROCESSING_ID, "MSH^1^11", "MSH-11 is none of P, T, D and N.");
    }
    return Optional.empty();
  }

  /** What is wrong with an accepted message's header. */
  static List<String> warnings(Message message) {
    List<String> warnings = new ArrayList<>(message.warnings());
    if (!message.msh().field(10).isPresent()) {
      warnings.add("MSH-10: empty, the message is known by its bytes alone");
    }
    String version = message.msh().field(12).value();
    if (!version.isEmpty() && !VERSION.matcher(version).matches()) {
      warnings.add("MSH-12: no version of HL7 v2");
    }
    return warnings;
  }

  private static Optional<Refusal> refuse(RejectReason reason, String location, String detail) {
    return Optional.of(new Refusal(reason, location, detail));
  }

  /**
   * MSH-9 as {@code ADT^A01}. Without a trigger event of its own, a structure such as ADT_A01 names
   * it only where the structure has one event; that of ADT is shared by several (table 0354), so
   * that EVN-1 must say it.
   */
  static String type(Message message) {
    String code = message.msh().field(9).component(1).value();
    String trigger = message.msh().field(9).component(2).value();
    int underscore = code.indexOf('_');
    String type = underscore < 0 ? code : code.substring(0, underscore);
    if (trigger.isEmpty()) {
      trigger = message.first("EVN").map(evn -> evn.field(1).value()).orElse("");
    }
    if (trigger.isEmpty() && underscore >= 0 && !type.equals("ADT")) {
      trigger = code.substring(underscore + 1);
    }
    return trigger.isEmpty() ? code : type + "^" + trigger;
  }
}
