package dev.kiln.routes.inbox;

import dev.kiln.routes.Statement;
import java.util.List;

/**
 * A message, translated.
 *
 * @param warnings what could not be understood, by segment and field; never holds values of a
 *     patient
 * @param unread fields with content that nobody read, for example {@code PID-12}
 * @param populated how many fields have content, counted like those
 */
public record Translation(
    Statement statement, List<String> warnings, List<String> unread, int populated) {}
