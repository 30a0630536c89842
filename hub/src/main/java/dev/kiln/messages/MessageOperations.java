package dev.kiln.messages;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.control.MessageArchive.Entry;
import dev.kiln.routes.control.MessageArchive.Place;
import dev.kiln.routes.control.MessageArchive.Query;
import dev.kiln.routes.control.MessageArchive.State;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code GET [base]/$messages} finds messages, {@code $message} shows one, {@code
 * [base]/TYPE/ID/$source} tells which messages a resource came from. All answer with {@link
 * Parameters}; docs/messages.md has their shape. What is asked wrong is answered with 400 and an
 * OperationOutcome that names the parameter.
 */
public final class MessageOperations {

  private static final Pattern PATIENT = Pattern.compile("(?:Patient/)?([A-Za-z0-9.-]{1,64})");
  private static final int USUAL = 50;
  private static final int MOST = 200;
  private static final int MOST_SOURCES = 50;

  private final MessageArchive archive;

  MessageOperations(MessageArchive archive) {
    this.archive = archive;
  }

  /**
   * @param controlId MSH-10
   * @param patient id of a Patient of this store
   * @param type for example {@code ADT^A01}
   * @param sender sending application and facility, for example {@code LAB|HOSPITAL}
   * @param received times as in a search: {@code ge2026-01-01}, at most two
   * @param state {@code received}, {@code applied}, {@code rejected} or {@code failed}
   * @param reason of a refusal or a dead letter
   * @param after the {@code next} of the last answer
   */
  @Operation(name = "$messages", idempotent = true)
  public Parameters messages(
      @OperationParam(name = "control-id", max = 1) StringType controlId,
      @OperationParam(name = "patient", max = 1) StringType patient,
      @OperationParam(name = "type", max = 1) StringType type,
      @OperationParam(name = "sender", max = 1) StringType sender,
      @OperationParam(name = "received", max = 2) List<StringType> received,
      @OperationParam(name = "state", max = 1) CodeType state,
      @OperationParam(name = "reason", max = 1) StringType reason,
      @OperationParam(name = "after", max = 1) StringType after,
      @OperationParam(name = "_count", max = 1) IntegerType count) {
    int most = count == null ? USUAL : count(count.getValue());
    DateRangeParam range = range(received == null ? List.of() : received);
    List<Entry> found =
        archive.find(
            new Query(
                value(controlId),
                patient == null ? null : patient(patient.getValue()),
                value(type),
                value(sender),
                instant(range.getLowerBoundAsInstant()),
                instant(range.getUpperBoundAsInstant()),
                state == null ? null : state(state.getValue()),
                value(reason),
                after == null ? null : place(after.getValue()),
                // One more tells whether there is a next page.
                most + 1));
    Parameters answer = new Parameters();
    found.stream()
        .limit(most)
        .forEach(entry -> MessageParts.of(entry, answer.addParameter().setName("message")));
    if (found.size() > most) {
      Entry last = found.get(most - 1);
      answer.addParameter("next", last.received() + "/" + last.id());
    }
    return answer;
  }

  /**
   * @param id as in {@code $messages} and in a Provenance
   */
  @Operation(name = "$message", idempotent = true)
  public Parameters message(@OperationParam(name = "id", min = 1, max = 1) StringType id) {
    MessageId wanted;
    try {
      wanted = new MessageId(UUID.fromString(String.valueOf(value(id))));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("The parameter \"id\" is the id of a message, a UUID");
    }
    return archive
        .read(wanted)
        .map(MessageParts::whole)
        .orElseThrow(() -> new ResourceNotFoundException("There is no message " + wanted));
  }

  /** Of a resource that no message has told of, the answer is empty. */
  @Operation(name = "$source", idempotent = true, global = true)
  public Parameters source(@IdParam IdType resource) {
    Parameters answer = new Parameters();
    archive
        .sources(resource.getResourceType() + "/" + resource.getIdPart(), MOST_SOURCES)
        .forEach(source -> MessageParts.of(source, answer.addParameter().setName("source")));
    return answer;
  }

  private static String value(StringType given) {
    return given == null ? null : given.getValue();
  }

  private static int count(int count) {
    if (count < 1 || count > MOST) {
      throw new InvalidRequestException("The parameter \"_count\" lies between 1 and " + MOST);
    }
    return count;
  }

  private static String patient(String given) {
    var matcher = PATIENT.matcher(given);
    if (!matcher.matches()) {
      throw new InvalidRequestException("The parameter \"patient\" is the id of a Patient");
    }
    return "Patient/" + matcher.group(1);
  }

  /** One without a prefix is both bounds: a day, say, from its beginning to its end. */
  private static DateRangeParam range(List<StringType> received) {
    DateRangeParam range = new DateRangeParam();
    for (StringType one : received) {
      try {
        DateRangeParam bounds = new DateRangeParam(new DateParam(one.getValue()));
        if (bounds.getLowerBound() != null) {
          range.setLowerBound(bounds.getLowerBound());
        }
        if (bounds.getUpperBound() != null) {
          range.setUpperBound(bounds.getUpperBound());
        }
      } catch (DataFormatException | InvalidRequestException e) {
        throw new InvalidRequestException(
            "The parameter \"received\" is a time as in a search, such as ge2026-01-01");
      }
    }
    return range;
  }

  private static State state(String word) {
    return Arrays.stream(State.values())
        .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "The parameter \"state\" is one of received, applied, rejected, failed"));
  }

  private static Place place(String text) {
    try {
      String[] parts = text.split("/", 2);
      return new Place(
          Instant.parse(parts[0]),
          new MessageId(UUID.fromString(parts.length < 2 ? "" : parts[1])));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw new InvalidRequestException(
          "The parameter \"after\" is the value of \"next\" in an answer of this operation");
    }
  }

  private static Instant instant(Date date) {
    return date == null ? null : date.toInstant();
  }
}
