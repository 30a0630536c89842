package dev.kiln.routes.inbox;

import dev.kiln.routes.sink.Sink.Delivery;

/**
 * A message that a worker has leased.
 *
 * @param delivery who it is from, and which message in which run
 * @param format as in {@link MessageFormat#name()}
 * @param raw the bytes as they came
 * @param type for metrics
 */
record InboxMessage(Delivery delivery, String format, byte[] raw, String type) {}
