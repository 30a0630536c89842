package dev.kiln.routes.edge;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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

  private static final Refusal OTHER_CHARSET =
      new Refusal(
          RejectReason.UNSUPPORTED_CHARSET,
          "MSH^1^18",
          "The character set of Content-Type is another one than the message is read in; name it in"
              + " MSH-18.");

  private static final Receipt NOT_TAKEN =
      Receipt.unreadable(
          new Refusal(RejectReason.NOT_STORED, "", "The message could not be taken in."));

  @Override
  public Answer accept(byte[] raw, Charset declared) {
    return isReadAs(declared, raw)
        ? inbox.accept(format, raw, source, patience)
        : refuse(raw, OTHER_CHARSET);
  }

  /**
   * The inbox keeps the bytes and not what the wire says of them: where the two would be read as
   * different text, the message would be a wrong one for ever.
   */
  private boolean isReadAs(Charset declared, byte[] raw) {
    if (declared == null || isAscii(raw)) {
      return true;
    }
    Charset own = format.charset(raw);
    return own.equals(declared) || new String(raw, own).equals(new String(raw, declared));
  }

  private static boolean isAscii(byte[] raw) {
    for (byte one : raw) {
      if (one < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Answer refuse(byte[] raw, Refusal why) {
    return inbox.refuse(format, raw, source, why);
  }

  @Override
  public Answer notTaken(byte[] raw) {
    try {
      return notTaken(format.acknowledge(raw, NOT_TAKEN), format.charset(raw));
    } catch (RuntimeException | StackOverflowError e) {
      // These bytes may be what brought the fault about: an answer without their control id is
      // better than none.
      return notTaken(format.acknowledge(new byte[0], NOT_TAKEN), StandardCharsets.UTF_8);
    }
  }

  private static Answer notTaken(byte[] acknowledgement, Charset charset) {
    return new Answer(acknowledgement, charset, RejectReason.NOT_STORED);
  }
}
