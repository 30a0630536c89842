package dev.kiln.routes.hl7v2.nmd;

import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.MessageText;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.inbox.TestMessages;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Tells Kiln's clock by NMD^N02, of a sender of its own, in whose lane no patient waits. */
public final class NmdTestMessages implements TestMessages {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSxx");

  /** MSH-10 had 20 characters up to version 2.6. */
  private static final int CONTROL_ID_LENGTH = 20;

  private final Clock clock;

  public NmdTestMessages(Clock clock) {
    this.clock = clock;
  }

  @Override
  public TestMessage to(String listener) {
    String controlId =
        UUID.randomUUID().toString().replace("-", "").substring(0, CONTROL_ID_LENGTH);
    String time = TIME.format(OffsetDateTime.now(clock));
    String message =
        String.join(
            "\r",
            "MSH|^~\\&|KILN|TEST|KILN|"
                + listener
                + "|"
                + time
                + "||NMD^N02^NMD_N02|"
                + controlId
                + "|D|2.5.1||||||UNICODE UTF-8",
            "NCK|" + time,
            "");
    return new TestMessage(controlId, message.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean isAccepted(byte[] acknowledgement, TestMessage sent) {
    return Message.parse(MessageText.decode(acknowledgement))
        .map(answer -> answer.firstOrEmpty("MSA"))
        .filter(msa -> isAccepted(msa, sent))
        .isPresent();
  }

  private static boolean isAccepted(Segment msa, TestMessage sent) {
    return msa.field(1).value().equals("AA") && msa.field(2).value().equals(sent.controlId());
  }
}
