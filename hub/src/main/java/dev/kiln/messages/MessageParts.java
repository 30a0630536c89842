package dev.kiln.messages;

import dev.kiln.fhir.ParametersPart;
import dev.kiln.routes.RejectReason;
import dev.kiln.routes.control.MessageAnatomy;
import dev.kiln.routes.control.MessageAnatomy.Anatomy;
import dev.kiln.routes.control.MessageAnatomy.Answered;
import dev.kiln.routes.control.MessageAnatomy.Field;
import dev.kiln.routes.control.MessageAnatomy.Segment;
import dev.kiln.routes.control.MessageArchive.Entry;
import dev.kiln.routes.control.MessageArchive.Source;
import dev.kiln.routes.control.MessageArchive.State;
import dev.kiln.routes.control.MessageArchive.Whole;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;

/** Messages in the words of FHIR's Parameters. */
final class MessageParts {

  private MessageParts() {}

  static void of(Entry entry, ParametersPart message) {
    message
        .text("id", entry.id().toString())
        .instant("received", entry.received())
        .text("source", entry.source())
        .code("format", entry.format())
        .text("type", entry.type())
        .text("control-id", entry.controlId())
        .text("sender", entry.sender())
        .code("state", entry.state().name().toLowerCase(Locale.ROOT))
        .code("reason", entry.reason())
        .instant("finished", entry.finished())
        .number("warnings", entry.warnings())
        .number("unread", entry.unread());
  }

  static Parameters whole(Whole whole, MessageAnatomy format, Mask mask) {
    Anatomy anatomy = format.of(whole.raw(), answered(whole));
    Parameters answer = new Parameters();
    of(whole.entry(), ParametersPart.of(answer, "message"));
    answer.addParameter().setName("masked").setValue(new BooleanType(mask.isOn()));
    answer
        .addParameter()
        .setName("raw")
        .setValue(new Base64BinaryType(mask.isOn() ? masked(anatomy, mask) : whole.raw()));
    // What went wrong may quote the message.
    boolean isOurOwn = whole.entry().state() == State.REJECTED;
    if (!whole.detail().isEmpty() && (isOurOwn || !mask.isOn())) {
      answer.addParameter("detail", whole.detail());
    }
    if (!whole.location().isEmpty()) {
      answer.addParameter("location", whole.location());
    }
    answer.addParameter().setName("replays").setValue(new IntegerType(whole.runs()));
    whole.warnings().forEach(warning -> answer.addParameter("warning", warning));
    whole.unread().forEach(field -> answer.addParameter("unread", field));
    anatomy(answer, anatomy, mask);
    whole
        .trace()
        .forEach(
            (resource, elements) -> {
              String[] parts = resource.split("/_history/", 2);
              ParametersPart told =
                  ParametersPart.of(answer, "resource")
                      .text("reference", parts[0])
                      .text("version", parts.length == 2 ? parts[1] : "");
              elements(told, elements);
            });
    return answer;
  }

  /** A dead letter was accepted when it came. */
  private static Answered answered(Whole whole) {
    return new Answered(
        whole.entry().state() == State.REJECTED
            ? RejectReason.valueOf(whole.entry().reason())
            : null,
        whole.location(),
        whole.detail());
  }

  private static void anatomy(Parameters answer, Anatomy anatomy, Mask mask) {
    for (Segment segment : anatomy.segments()) {
      ParametersPart shown = ParametersPart.of(answer, "segment").text("place", segment.place());
      for (Field field : segment.fields()) {
        shown
            .part("field")
            .text("place", field.place())
            .text("title", field.title())
            .text("value", mask.of(field.value(), field.isOpen()))
            .flag("read", field.isRead());
      }
    }
    for (MessageAnatomy.Resource resource : anatomy.translation()) {
      ParametersPart shown = ParametersPart.of(answer, "translation").code("type", resource.type());
      resource
          .elements()
          .forEach(
              element ->
                  shown
                      .part("element")
                      .text("path", element.path())
                      .text("value", mask.of(element.value(), element.isOpen()))
                      .text("field", element.field()));
    }
    answer
        .addParameter()
        .setName("acknowledgement")
        .setValue(
            new Base64BinaryType(
                mask.isOn() && !anatomy.isAnswerOpen()
                    ? mask.of(new String(anatomy.acknowledgement(), StandardCharsets.UTF_8), false)
                        .getBytes(StandardCharsets.UTF_8)
                    : anatomy.acknowledgement()));
  }

  /** In the message's own form as far as it can be read, and its mere shape otherwise. */
  private static byte[] masked(Anatomy anatomy, Mask mask) {
    String text =
        anatomy.segments().isEmpty()
            ? mask.of(anatomy.text(), false)
            : anatomy.segments().stream()
                .map(segment -> line(segment, anatomy.separator(), mask))
                .collect(Collectors.joining("\r"));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String line(Segment segment, char separator, Mask mask) {
    String name = segment.place().substring(0, 3);
    StringBuilder line = new StringBuilder(name);
    int at = 0;
    for (Field field : segment.fields()) {
      int number = Integer.parseInt(field.place().substring(field.place().lastIndexOf('-') + 1));
      if (name.equals("MSH") && number == 1) {
        // It is the separator itself, which is written before MSH-2.
        at = 1;
        continue;
      }
      line.append(String.valueOf(separator).repeat(number - at));
      line.append(mask.of(field.value(), field.isOpen()));
      at = number;
    }
    return line.toString();
  }

  static void of(Source source, ParametersPart told) {
    of(source.message(), told.part("message"));
    told.text("version", source.version());
    elements(told, source.elements());
  }

  private static void elements(ParametersPart told, Map<String, String> elements) {
    elements.forEach((path, field) -> told.part("element").text("path", path).text("field", field));
  }
}
