package dev.kiln.messages;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.MessageArchive.Place;
import dev.kiln.routes.control.MessageArchive.Query;
import dev.kiln.routes.control.MessageArchive.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;

/** Which messages are meant, in the parameters that several operations share. */
final class MessageFilter {

  private static final Pattern PATIENT = Pattern.compile("(?:Patient/)?([A-Za-z0-9.-]{1,64})");

  private MessageFilter() {}

  /**
   * @param received times as in a search: {@code ge2026-01-01}, at most two
   * @throws InvalidRequestException naming the parameter that is wrong
   */
  static Query query(
      List<StringType> ids,
      StringType controlId,
      StringType patient,
      StringType type,
      StringType sender,
      StringType listener,
      List<StringType> received,
      CodeType state,
      StringType reason,
      Place after,
      int most) {
    DateRangeParam range = range(received == null ? List.of() : received);
    return new Query(
        ids == null || ids.isEmpty() ? null : ids(ids),
        value(controlId),
        patient == null ? null : patient(patient.getValue()),
        value(type),
        value(sender),
        value(listener),
        instant(range.getLowerBoundAsInstant()),
        instant(range.getUpperBoundAsInstant()),
        state == null ? null : state(state.getValue()),
        value(reason),
        after,
        most);
  }

  private static Set<MessageId> ids(List<StringType> ids) {
    return ids.stream().map(MessageFilter::id).collect(Collectors.toSet());
  }

  static MessageId id(StringType id) {
    try {
      return new MessageId(UUID.fromString(String.valueOf(value(id))));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("The parameter \"id\" is the id of a message, a UUID");
    }
  }

  static int count(IntegerType count, int usual, int most) {
    int given = count == null ? usual : count.getValue();
    if (given < 1 || given > most) {
      throw new InvalidRequestException("The parameter \"_count\" lies between 1 and " + most);
    }
    return given;
  }

  static String value(StringType given) {
    return given == null ? null : given.getValue();
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

  private static Instant instant(Date date) {
    return date == null ? null : date.toInstant();
  }
}
