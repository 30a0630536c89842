package dev.kiln.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.List;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLogFormatter;

/**
 * One JSON object a line, with nothing in it that could be a patient's. Libraries write searches,
 * rows and parts of messages into their log lines; of a library only the constant text of a line is
 * therefore kept ("Unknown parameter {}"), and of an exception its kind and places but never its
 * message. Kiln's own lines are kept whole: each is written with that in mind.
 */
public final class DiscreetLog implements StructuredLogFormatter<ILoggingEvent> {

  /** Those whose lines are of the process itself: its start, its pools, its routes, its tables. */
  private static final List<String> TRUSTED =
      List.of(
          "dev.kiln.",
          "org.springframework.boot.",
          "com.zaxxer.hikari.",
          "org.flywaydb.",
          "ca.uhn.fhir.jpa.migrate.");

  private static final int MOST_FRAMES = 40;

  private final JsonWriter<ILoggingEvent> writer =
      JsonWriter.<ILoggingEvent>of(
              members -> {
                members.add("@timestamp", event -> event.getInstant().toString());
                members.add("level", event -> event.getLevel().toString());
                members.add("logger", ILoggingEvent::getLoggerName);
                members.add("thread", ILoggingEvent::getThreadName);
                members.add("message", DiscreetLog::message);
                members
                    .add("requestId", event -> event.getMDCPropertyMap().get("requestId"))
                    .whenNotNull();
                members
                    .add("error", ILoggingEvent::getThrowableProxy)
                    .whenNotNull()
                    .as(DiscreetLog::trace);
              })
          .withNewLineAtEnd();

  @Override
  public String format(ILoggingEvent event) {
    return writer.writeToString(event);
  }

  private static String message(ILoggingEvent event) {
    boolean trusted = TRUSTED.stream().anyMatch(event.getLoggerName()::startsWith);
    if (trusted) {
      return event.getFormattedMessage();
    }
    // A line without arguments may be constant or glued together; nobody can tell, so it is kept
    // back.
    return event.getArgumentArray() == null ? "(withheld)" : event.getMessage();
  }

  private static String trace(IThrowableProxy failure) {
    StringBuilder trace = new StringBuilder();
    for (IThrowableProxy cause = failure; cause != null; cause = cause.getCause()) {
      trace.append(trace.isEmpty() ? "" : "\ncaused by ").append(cause.getClassName());
      StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
      for (int i = 0; i < Math.min(MOST_FRAMES, frames.length); i++) {
        trace.append("\n").append(frames[i].getSTEAsString());
      }
    }
    return trace.toString();
  }
}
