package dev.kiln.routes.edge.http;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.inbox.Answer;
import java.nio.charset.StandardCharsets;

/**
 * What a request is answered.
 *
 * @param status that of HL7 over HTTP, section 2.6
 * @param type the content type
 * @param retry whether the sender may expect another answer when it asks again
 */
record HttpAnswer(int status, String type, byte[] body, boolean retry) {

  static final String HL7 = "application/hl7-v2";

  static final int TOO_LARGE = 413;

  /** One sentence where there is no message that could be acknowledged. */
  static HttpAnswer plain(int status, String sentence) {
    return new HttpAnswer(
        status,
        "text/plain;charset=UTF-8",
        (sentence + "\n").getBytes(StandardCharsets.UTF_8),
        status == 503);
  }

  /** The acknowledgement, with the status that goes with its code. */
  static HttpAnswer of(Answer answer) {
    int status = status(answer.refusal());
    if (status == 200 && answer.bytes().length == 0) {
      // The sender has asked in MSH-15 to hear nothing.
      status = 204;
    }
    return new HttpAnswer(
        status, HL7 + ";charset=" + answer.charset().name(), answer.bytes(), status == 503);
  }

  private static int status(RejectReason refusal) {
    if (refusal == null) {
      return 200;
    }
    return switch (refusal) {
      case NOT_STORED -> 503;
      case FRAME_TOO_LARGE -> TOO_LARGE;
      default -> refusal.acknowledgement().equals("AR") ? 400 : 500;
    };
  }
}
