package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.edge.Intake;
import dev.kiln.routes.edge.trial.TestsUnderWay;
import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.Refusal;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each block to the intake, and always has an answer. */
final class MllpAnswers {

  private static final Logger log = LoggerFactory.getLogger(MllpAnswers.class);

  private final Intake intake;
  private final MllpMeters meters;
  private final TestsUnderWay tests;
  private final Refusal tooLarge;

  /**
   * @param limit most bytes of a frame, for the sender to be told
   */
  MllpAnswers(Intake intake, MllpMeters meters, TestsUnderWay tests, int limit) {
    this.intake = intake;
    this.meters = meters;
    this.tests = tests;
    this.tooLarge =
        new Refusal(
            RejectReason.FRAME_TOO_LARGE, "", "The frame has more than " + limit + " bytes.");
  }

  /**
   * Takes the block in. A sender that gets no answer waits, and its messages with it, so that a
   * fault is answered as well; a message that overflows the stack is no exception.
   *
   * @return the answer without its frame; empty where none is to be sent
   */
  byte[] to(MllpFrames.Block block) {
    if (!tests.has(block.content())) {
      meters.heard();
    }
    try {
      Answer answer =
          switch (block.kind()) {
            case FRAME -> intake.accept(block.content(), null);
            case FRAME_TOO_LARGE -> intake.refuse(block.content(), tooLarge);
            case FRAGMENT -> refuse(block, RejectReason.FRAGMENT, "The frame was never ended.");
            case UNFRAMED ->
                refuse(block, RejectReason.NOT_FRAMED, "The bytes stood outside of a frame.");
          };
      meters.frame(block.kind().name().toLowerCase(Locale.ROOT));
      return answer.bytes();
    } catch (RuntimeException | StackOverflowError e) {
      log.error("A message could not be taken in: {}", e.getClass().getName());
      meters.frame("fault");
      return intake.notTaken(block.content()).bytes();
    }
  }

  private Answer refuse(MllpFrames.Block block, RejectReason reason, String detail) {
    return intake.refuse(block.content(), new Refusal(reason, "", detail));
  }
}
