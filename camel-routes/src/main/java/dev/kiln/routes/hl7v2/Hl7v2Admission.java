package dev.kiln.routes.hl7v2;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.MessageText;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.PidIdentifiers;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Judges whether a message can be taken in, by its MSH and by which segments it holds (section
 * 2.9.2).
 */
final class Hl7v2Admission {

  /** 2.1 to 2.9 with their editions, and 2.31 and the like, which mean 2.3.1. */
  private static final Pattern VERSION = Pattern.compile("2\\.[1-9][0-9]?(?:\\.[0-9]){0,3}");

  private static final Set<String> PROCESSING_IDS = Set.of("P", "T", "D");

  private final Hl7v2Translators translators;
  private final Function<Message, MessageContext> contexts;

  Hl7v2Admission(Hl7v2Translators translators, Function<Message, MessageContext> contexts) {
    this.translators = translators;
    this.contexts = contexts;
  }

  Receipt judge(MessageText text) {
    Optional<Message> parsed = Message.parse(text);
    if (parsed.isEmpty()) {
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
            lanes(message),
            translators.of(type).filter(Hl7v2Translator::merges).isPresent(),
            null);
    return refusal(message, text, receipt).map(receipt::refusedBecause).orElse(receipt);
  }

  /**
   * A key for each number of each patient that the message names, in PID or in MRG. They are made
   * as the translation makes them, so that the same number has the same key in every message.
   */
  private List<String> lanes(Message message) {
    MessageContext context = contexts.apply(message);
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

  private Optional<Refusal> refusal(Message message, MessageText text, Receipt receipt) {
    if (!text.charsetSupported()) {
      return refuse(
          RejectReason.UNSUPPORTED_CHARSET,
          "MSH^1^18",
          "MSH-18 is not in table 0211 and the message is not in UTF-8.");
    }
    if (message.segments("MSH").size() > 1) {
      return refuse(RejectReason.NOT_HL7, "MSH^2", "One frame holds several messages.");
    }
    Optional<Refusal> header = header(message.msh(), receipt);
    if (header.isPresent()) {
      return header;
    }
    if (!message.malformedLines().isEmpty()) {
      return refuse(
          RejectReason.FRAGMENT,
          "",
          "Line " + message.malformedLines().get(0) + " does not begin with a segment name.");
    }
    Optional<Hl7v2Translator> translator = translators.of(receipt.type());
    if (translator.isEmpty()) {
      return refuse(
          RejectReason.UNSUPPORTED_MESSAGE_TYPE,
          "MSH^1^9",
          "Messages of this type and trigger event are not taken in.");
    }
    return missing(message, translator.get().requiredSegments());
  }

  private static Optional<Refusal> header(Segment msh, Receipt receipt) {
    if (!msh.field(9).isPresent()) {
      return refuse(RejectReason.REQUIRED_FIELD_MISSING, "MSH^1^9", "MSH-9 is empty.");
    }
    if (receipt.controlId().isEmpty()) {
      return refuse(RejectReason.REQUIRED_FIELD_MISSING, "MSH^1^10", "MSH-10 is empty.");
    }
    String version = msh.field(12).value();
    if (!version.isEmpty() && !VERSION.matcher(version).matches()) {
      return refuse(RejectReason.UNSUPPORTED_VERSION, "MSH^1^12", "MSH-12 is not a version 2.");
    }
    String processing = msh.field(11).value();
    if (!processing.isEmpty() && !PROCESSING_IDS.contains(processing.toUpperCase(Locale.ROOT))) {
      return refuse(
          RejectReason.UNSUPPORTED_PROCESSING_ID, "MSH^1^11", "MSH-11 is none of P, T and D.");
    }
    return Optional.empty();
  }

  private static Optional<Refusal> missing(Message message, List<List<String>> required) {
    return required.stream()
        .filter(names -> names.stream().allMatch(name -> message.first(name).isEmpty()))
        .findFirst()
        .flatMap(
            names ->
                refuse(
                    RejectReason.REQUIRED_SEGMENT_MISSING,
                    names.get(0) + "^1",
                    "The message has no " + String.join(" or ", names) + " segment."));
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
