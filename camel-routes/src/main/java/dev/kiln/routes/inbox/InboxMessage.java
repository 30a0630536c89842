package dev.kiln.routes.inbox;

import dev.kiln.routes.MessageId;
import java.time.Instant;

/**
 * A message as the inbox keeps it.
 *
 * @param format name of its {@link MessageFormat}
 * @param raw the bytes as they came
 * @param receivedAt when they were committed
 * @param sender as in {@link Receipt}
 * @param type as in {@link Receipt}
 */
record InboxMessage(
    MessageId id, String format, byte[] raw, Instant receivedAt, String sender, String type) {}
