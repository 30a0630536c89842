package dev.kiln.routes.edge;

import dev.kiln.routes.inbox.Refusal;

/**
 * Where a listener's messages go. Each answer is in the format's own form and without the wire's
 * frame; an empty one means that nothing is to be sent.
 */
public interface Intake {

  /** Takes in one whole message. */
  byte[] accept(byte[] raw);

  /** Keeps bytes that are no whole message, as one that is refused. */
  byte[] refuse(byte[] raw, Refusal why);

  /** Says that these bytes could not be taken in and should be sent again; keeps nothing. */
  byte[] notTaken(byte[] raw);
}
