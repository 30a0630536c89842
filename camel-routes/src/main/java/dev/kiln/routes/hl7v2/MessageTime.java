package dev.kiln.routes.hl7v2;

import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Message;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a message was said: EVN-2, when the event was recorded, else MSH-7. A time without seconds
 * leaves the whole minute, one without a time of day the whole day.
 *
 * @param earliest null where the message has no time
 * @param latest null where the message has no time
 */
record MessageTime(Instant earliest, Instant latest) {

  /** By the number of digits that a time is given in (DTM, chapter 2A). */
  private static final Map<Integer, ChronoUnit> PRECISION =
      Map.of(
          4, ChronoUnit.YEARS,
          6, ChronoUnit.MONTHS,
          8, ChronoUnit.DAYS,
          10, ChronoUnit.HOURS,
          12, ChronoUnit.MINUTES,
          14, ChronoUnit.SECONDS);

  static MessageTime of(Message message, MessageContext context) {
    return Stream.of(
            message.first("EVN").map(evn -> evn.field(2)).orElse(null), message.msh().field(7))
        .filter(Objects::nonNull)
        .flatMap(field -> of(field, context).stream())
        .findFirst()
        .orElse(new MessageTime(null, null));
  }

  private static Optional<MessageTime> of(Field field, MessageContext context) {
    return Ts.dateTime(field, context)
        .map(
            time -> {
              ZonedDateTime start = start(time.getValueAsString(), context);
              String digits = field.value().split("[.+-]", 2)[0];
              boolean exact = field.value().contains(".");
              ZonedDateTime end =
                  exact ? start : start.plus(1, PRECISION.get(digits.length())).minusNanos(1);
              return new MessageTime(start.toInstant(), end.toInstant());
            });
  }

  private static ZonedDateTime start(String time, MessageContext context) {
    if (time.contains("T")) {
      return OffsetDateTime.parse(time).toZonedDateTime();
    }
    return LocalDate.parse(time + "-01-01".substring(time.length() - 4))
        .atStartOfDay(context.zone());
  }
}
