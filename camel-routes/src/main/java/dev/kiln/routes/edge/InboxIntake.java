package dev.kiln.routes.edge;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import java.time.Duration;

/**
 * The inbox, as one listener uses it.
 *
 * @param source the listener's name
 * @param patience how long an acknowledgement waits for the message to be applied; zero for not at
 *     all
 */
public record InboxIntake(Inbox inbox, MessageFormat format, String source, Duration patience)
    implements Intake {

  private static final Receipt NOT_TAKEN =
      Receipt.unreadable(
          new Refusal(RejectReason.NOT_STORED, "", "The message could not be taken in."));

  @Override
  public byte[] accept(byte[] raw) {
    return inbox.accept(format, raw, source, patience);
  }

  @Override
  public byte[] refuse(byte[] raw, Refusal why) {
    return inbox.refuse(format, raw, source, why);
  }

  @Override
  public byte[] notTaken(byte[] raw) {
    try {
      return format.acknowledge(raw, NOT_TAKEN);
    } catch (RuntimeException | StackOverflowError e) {
      // These bytes may be what brought the fault about: an answer without their control id is
      // better than none.
      return format.acknowledge(new byte[0], NOT_TAKEN);
    }
  }
}
