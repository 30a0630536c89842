package dev.kiln.routes.control;

import dev.kiln.routes.RejectReason;
import java.util.List;

/**
 * Takes the messages of one format apart, for those who look at them. It tells of each value
 * whether it may be shown to anybody who runs the interfaces, or may be about a patient.
 */
public interface MessageAnatomy {

  /** The format whose messages it knows, as {@link MessageArchive.Entry#format()} has it. */
  String format();

  /**
   * Never fails: of bytes that are no message, the parts are empty.
   *
   * @param answered how the message was answered when it came
   */
  Anatomy of(byte[] raw, Answered answered);

  /** Whether what a field holds is never about a patient, {@code OBX[2]-3.1} for example. */
  boolean isOpen(String field);

  /**
   * @param refusal null where the message was accepted
   * @param location as ERR-2 names it; empty where nobody knows
   */
  record Answered(RejectReason refusal, String location, String detail) {}

  /**
   * @param text the bytes in the message's own character set
   * @param segments in the message's order; empty where it cannot be read
   * @param separator that stands between the fields
   * @param translation the resources that it means as it is understood now; empty where it is
   *     refused
   * @param acknowledgement as it is answered
   * @param isAnswerOpen whether it may be shown to anybody as well
   */
  record Anatomy(
      String text,
      List<Segment> segments,
      char separator,
      List<Resource> translation,
      byte[] acknowledgement,
      boolean isAnswerOpen) {}

  /**
   * @param place {@code PID}, or {@code OBX[2]} for the second one
   */
  record Segment(String place, List<Field> fields) {}

  /**
   * @param place {@code PID-5}, {@code OBX[2]-5}
   * @param title the standard's name of it; empty where it has none
   * @param value all repetitions, with the message's own separators
   * @param isRead false where it holds something that nobody has understood
   */
  record Field(String place, String title, String value, boolean isOpen, boolean isRead) {}

  record Resource(String type, List<Element> elements) {}

  /**
   * @param field that it came from; empty where the translator filled it in
   */
  record Element(String path, String value, String field, boolean isOpen) {}
}
