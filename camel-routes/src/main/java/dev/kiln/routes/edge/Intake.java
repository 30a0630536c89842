package dev.kiln.routes.edge;

import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.Refusal;
import java.nio.charset.Charset;

/** Where a listener's messages go. Each answer is without the wire's frame. */
public interface Intake {

  /**
   * Takes in one whole message.
   *
   * @param declared the character set that the wire names for it; null where it names none
   */
  Answer accept(byte[] raw, Charset declared);

  /** Keeps bytes that are no whole message, as one that is refused. */
  Answer refuse(byte[] raw, Refusal why);

  /** Says that these bytes could not be taken in and should be sent again; keeps nothing. */
  Answer notTaken(byte[] raw);
}
