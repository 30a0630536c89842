package dev.kiln.routes.inbox;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * One format of messages, as far as the inbox needs to know it: what to answer, and what the
 * message means.
 */
public interface MessageFormat {

  /** The name under which the inbox keeps messages of this format, for example {@code hl7v2}. */
  String name();

  /**
   * Judges the bytes before anything is acknowledged; cheap, and without the store. Never throws.
   */
  Receipt judge(byte[] raw);

  /** What holds several messages; empty where the bytes are one, good or bad. Never throws. */
  Optional<MessageBatch> batch(byte[] raw);

  /** What the format reads these bytes in, and answers them in. Never throws. */
  Charset charset(byte[] raw);

  /**
   * The acknowledgement in the format's own form, for an accepted or a refused message. Never
   * throws.
   */
  byte[] acknowledge(byte[] raw, Receipt receipt);

  /**
   * Says in FHIR what the message says.
   *
   * @throws IllegalArgumentException naming segment and field, where the message cannot be
   *     translated
   */
  Translation translate(byte[] raw);
}
