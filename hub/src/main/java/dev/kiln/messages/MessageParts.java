package dev.kiln.messages;

import dev.kiln.routes.control.MessageArchive.Entry;
import dev.kiln.routes.control.MessageArchive.Source;
import dev.kiln.routes.control.MessageArchive.Whole;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** Messages in the words of FHIR's Parameters. */
final class MessageParts {

  private MessageParts() {}

  static void of(Entry entry, ParametersParameterComponent message) {
    add(message, "id", new StringType(entry.id().toString()));
    add(message, "received", instant(entry.received()));
    add(message, "source", new StringType(entry.source()));
    add(message, "format", new CodeType(entry.format()));
    add(message, "type", new StringType(entry.type()));
    add(message, "control-id", new StringType(entry.controlId()));
    add(message, "sender", new StringType(entry.sender()));
    add(message, "state", new CodeType(entry.state().name().toLowerCase(Locale.ROOT)));
    add(message, "reason", new CodeType(entry.reason()));
    if (entry.finished() != null) {
      add(message, "finished", instant(entry.finished()));
    }
    add(message, "warnings", new IntegerType(entry.warnings()));
    add(message, "unread", new IntegerType(entry.unread()));
  }

  static Parameters whole(Whole whole) {
    Parameters answer = new Parameters();
    of(whole.entry(), answer.addParameter().setName("message"));
    answer.addParameter().setName("raw").setValue(new Base64BinaryType(whole.raw()));
    if (!whole.detail().isEmpty()) {
      answer.addParameter("detail", whole.detail());
    }
    if (!whole.location().isEmpty()) {
      answer.addParameter("location", whole.location());
    }
    answer.addParameter().setName("replays").setValue(new IntegerType(whole.runs()));
    whole.warnings().forEach(warning -> answer.addParameter("warning", warning));
    whole.unread().forEach(field -> answer.addParameter("unread", field));
    whole
        .trace()
        .forEach(
            (resource, elements) -> {
              ParametersParameterComponent told = answer.addParameter().setName("resource");
              add(told, "reference", new StringType(resource));
              elements(told, elements);
            });
    return answer;
  }

  static void of(Source source, ParametersParameterComponent told) {
    of(source.message(), told.addPart().setName("message"));
    add(told, "version", new StringType(source.version()));
    elements(told, source.elements());
  }

  private static void elements(ParametersParameterComponent told, Map<String, String> elements) {
    elements.forEach(
        (path, field) -> {
          ParametersParameterComponent element = told.addPart().setName("element");
          add(element, "path", new StringType(path));
          add(element, "field", new StringType(field));
        });
  }

  /** An element of FHIR is never empty. */
  private static void add(ParametersParameterComponent parent, String name, Type value) {
    if (!value.isEmpty() && !value.primitiveValue().isEmpty()) {
      parent.addPart().setName(name).setValue(value);
    }
  }

  private static InstantType instant(Instant instant) {
    InstantType type = new InstantType(Date.from(instant));
    type.setTimeZone(TimeZone.getTimeZone("UTC"));
    return type;
  }
}
