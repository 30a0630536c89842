package dev.kiln.routes.inbox;

import dev.kiln.routes.RejectReason;
import java.util.List;

/** Several messages that came as one. */
public interface MessageBatch {

  /** The bytes of each, in their order. */
  List<byte[]> messages();

  /** What is wrong with what stands around the messages; null where nothing is. */
  Refusal fault();

  /**
   * One answer for all.
   *
   * @param answers those of the messages, in their order
   * @param fault why what stands around the messages is refused; null where it is not
   */
  Answer answer(List<Answer> answers, RejectReason fault);
}
