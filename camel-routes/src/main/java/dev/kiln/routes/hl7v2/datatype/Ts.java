package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.TimeType;

/**
 * TS and DTM, points in time (chapter 2A), in the precision that they are given in. FHIR knows no
 * hours without minutes and seconds, so that these are filled with zeros.
 */
public final class Ts {

  private static final Pattern DTM =
      Pattern.compile(
          "(\\d{4})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:\\.(\\d+))?)?)?)?)?)?"
              + "([+-]\\d{2}:?(?:\\d{2})?)?");
  private static final Pattern TM =
      Pattern.compile("(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:\\.\\d+)?)?)?(?:[+-]\\d{2,4})?");
  private static final int DAY = 10;

  private Ts() {}

  /** The day, month or year; the time, where there is one, is left out. */
  public static Optional<DateType> date(Field field, MessageContext context) {
    return text(field.value(), field.path(), context)
        .map(text -> new DateType(text.substring(0, Math.min(DAY, text.length()))))
        .map(date -> Origin.mark(date, field.path()));
  }

  public static Optional<DateTimeType> dateTime(Field field, MessageContext context) {
    return dateTime(field.value(), field.path(), context);
  }

  public static Optional<DateTimeType> dateTime(Component component, MessageContext context) {
    return dateTime(component.value(), component.path(), context);
  }

  /**
   * @param path where the value stands
   */
  public static Optional<DateTimeType> dateTime(String value, String path, MessageContext context) {
    return text(value, path, context).map(text -> Origin.mark(new DateTimeType(text), path));
  }

  /** Empty where the field does not give the time of day, which an instant needs. */
  public static Optional<InstantType> instant(Field field, MessageContext context) {
    Optional<String> text = text(field.value(), field.path(), context);
    if (text.isPresent() && text.get().length() <= DAY) {
      context.warn(field.path(), "no time of day");
      return Optional.empty();
    }
    return text.map(instant -> Origin.mark(new InstantType(instant), field.path()));
  }

  /**
   * TM, a time of day (chapter 2A), to the second: HAPI's validator refuses fractions in this type.
   */
  public static Optional<TimeType> time(Field field, MessageContext context) {
    Matcher matcher = TM.matcher(field.value());
    if (field.value().isEmpty()) {
      return Optional.empty();
    }
    if (!matcher.matches()
        || number(matcher.group(1), 0) > 23
        || number(matcher.group(2), 0) > 59
        || number(matcher.group(3), 0) > 59) {
      context.warn(field.path(), "not a time");
      return Optional.empty();
    }
    String time =
        matcher.group(1) + ":" + orZero(matcher.group(2)) + ":" + orZero(matcher.group(3));
    return Optional.of(Origin.mark(new TimeType(time), field.path()));
  }

  /** As {@link #period(Component, Component, MessageContext)}, of two fields. */
  public static Optional<Period> period(Field start, Field end, MessageContext context) {
    return period(dateTime(start, context), dateTime(end, context), end.path(), context);
  }

  /**
   * A period, its ends marked; an end that is not certainly after the start is left out, since FHIR
   * forbids it (per-1).
   */
  public static Optional<Period> period(Component start, Component end, MessageContext context) {
    return period(dateTime(start, context), dateTime(end, context), end.path(), context);
  }

  /**
   * As {@link #period(Component, Component, MessageContext)}, where the ends have been components
   * of their own since version 2.5, and before that one together, as DR.
   *
   * @param range number of the component of both
   * @param start number of that of the beginning, which that of the end comes after
   */
  public static Optional<Period> period(Field field, int range, int start, MessageContext context) {
    Component both = field.component(range);
    return period(field.component(start), field.component(start + 1), context)
        .or(
            () ->
                period(
                    dateTime(both.subcomponent(1), both.path(), context),
                    dateTime(both.subcomponent(2), both.path(), context),
                    both.path(),
                    context));
  }

  private static Optional<Period> period(
      Optional<DateTimeType> start,
      Optional<DateTimeType> end,
      String path,
      MessageContext context) {
    Period period = new Period();
    start.ifPresent(period::setStartElement);
    end.ifPresent(period::setEndElement);
    if (period.hasStart() && period.hasEnd() && !inOrder(period)) {
      context.warn(path, "the end is not after the start");
      period.setEndElement(null);
    }
    return period.isEmpty() ? Optional.empty() : Optional.of(period);
  }

  private static boolean inOrder(Period period) {
    String start = period.getStartElement().getValueAsString();
    String end = period.getEndElement().getValueAsString();
    if (start.length() > DAY && end.length() > DAY) {
      return !period.getStart().after(period.getEnd());
    }
    if (start.length() == end.length()) {
      return start.compareTo(end) <= 0;
    }
    int common = Math.min(DAY, Math.min(start.length(), end.length()));
    return start.substring(0, common).compareTo(end.substring(0, common)) < 0;
  }

  /** The time in FHIR's own form; empty, with a warning, where there is no such time. */
  private static Optional<String> text(String value, String path, MessageContext context) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = DTM.matcher(value);
    try {
      if (matcher.matches()) {
        return Optional.of(text(matcher, context));
      }
    } catch (DateTimeException e) {
      // Reported below, like everything else that is no date.
    }
    context.warn(path, "not a date");
    return Optional.empty();
  }

  private static String text(Matcher dtm, MessageContext context) {
    LocalDateTime time =
        LocalDateTime.of(
            number(dtm.group(1), 0),
            number(dtm.group(2), 1),
            number(dtm.group(3), 1),
            number(dtm.group(4), 0),
            number(dtm.group(5), 0),
            number(dtm.group(6), 0));
    if (time.getYear() < 1) {
      throw new DateTimeException("year 0");
    }
    StringBuilder text = new StringBuilder(dtm.group(1));
    for (int group = 2; group <= 3 && dtm.group(group) != null; group++) {
      text.append('-').append(dtm.group(group));
    }
    if (dtm.group(4) != null) {
      text.append('T').append(dtm.group(4));
      text.append(':').append(orZero(dtm.group(5)));
      text.append(':').append(orZero(dtm.group(6)));
      text.append(milliseconds(dtm.group(7)));
      text.append(offset(dtm.group(8), time, context));
    }
    return text.toString();
  }

  private static String offset(String sent, LocalDateTime time, MessageContext context) {
    ZoneOffset offset =
        sent == null
            ? context.zone().getRules().getOffset(time)
            : ZoneOffset.of(sent.endsWith(":") ? sent.substring(0, 3) : sent);
    if (Math.abs(offset.getTotalSeconds()) > 14 * 3600) {
      throw new DateTimeException("offset beyond 14 hours");
    }
    String id = offset.getId();
    // Before standard time, offsets have seconds, which FHIR has no place for.
    return id.length() > 6 ? id.substring(0, 6) : id;
  }

  private static String milliseconds(String fraction) {
    return fraction == null ? "" : "." + (fraction + "00").substring(0, 3);
  }

  private static String orZero(String digits) {
    return digits == null ? "00" : digits;
  }

  private static int number(String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }
}
