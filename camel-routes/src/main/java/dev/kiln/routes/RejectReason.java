package dev.kiln.routes;

/**
 * Why a message is refused. One reason maps to each protocol's own code: here to HL7 v2's
 * acknowledgement (table 0008) and error condition (table 0357), and to a metric's label.
 */
public enum RejectReason {
  /** No MSH segment, or no delimiters in it: not an HL7 v2 message. */
  NOT_HL7("AR", "100", "Segment sequence error"),
  /** The message is cut off: it ends in the middle of a segment's name. */
  FRAGMENT("AR", "100", "Segment sequence error"),
  /** More bytes than are read; the condition is that of a length that cannot be handled safely. */
  FRAME_TOO_LARGE("AR", "104", "Value too long"),
  /** The bytes stood outside of the wire's frame. */
  NOT_FRAMED("AR", "100", "Segment sequence error"),
  /** What stands around the messages of a batch contradicts itself or them. */
  WRONG_BATCH("AR", "100", "Segment sequence error"),
  /** MSH-9 does not say what the message is. */
  UNSUPPORTED_MESSAGE_TYPE("AR", "200", "Unsupported message type"),
  UNSUPPORTED_VERSION("AR", "203", "Unsupported version id"),
  UNSUPPORTED_PROCESSING_ID("AR", "202", "Unsupported processing id"),
  UNSUPPORTED_CHARSET("AR", "103", "Table value not found"),
  /** The inbox cannot commit: the sender keeps the message and tries again. */
  NOT_STORED("AE", "207", "Application internal error"),
  /** Kept, and a dead letter: what hinders it may be mended, and the message be applied then. */
  NOT_APPLIED("AE", "207", "Application internal error");

  private final String acknowledgement;
  private final String condition;
  private final String text;

  RejectReason(String acknowledgement, String condition, String text) {
    this.acknowledgement = acknowledgement;
    this.condition = condition;
    this.text = text;
  }

  /** AR for what can never be right, AE for what may be right later. */
  public String acknowledgement() {
    return acknowledgement;
  }

  /** ERR-3.1, from HL7 table 0357. */
  public String condition() {
    return condition;
  }

  /** ERR-3.2, the text of that condition. */
  public String text() {
    return text;
  }
}
