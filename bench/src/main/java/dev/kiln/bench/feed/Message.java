package dev.kiln.bench.feed;

import java.util.Set;

/**
 * One message as a sender holds it.
 *
 * @param controlId MSH-10
 * @param people the patients' numbers in it; messages that share one must stay in their order
 * @param bytes what goes into the frame
 * @param effect what it must do to the store; null where that is not known
 */
public record Message(String controlId, Set<String> people, byte[] bytes, Effect effect) {

  /**
   * What one message must do to the store, once.
   *
   * @param patient PID-3.1
   * @param visit PV1-19.1
   * @param mark a value that no other message has: of a result the filler's order number, of all
   *     else the first line of the patient's address
   * @param isResult whether it reports a result, and so leaves the patient as it is
   */
  public record Effect(String patient, String visit, String mark, boolean isResult) {}
}
