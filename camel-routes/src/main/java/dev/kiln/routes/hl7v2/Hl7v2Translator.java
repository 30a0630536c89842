package dev.kiln.routes.hl7v2;

import dev.kiln.routes.hl7v2.er7.Message;
import org.hl7.fhir.r4.model.Bundle;

/** Translates one message type. A class of this kind in a package below is found by itself. */
public interface Hl7v2Translator {

  /** Message type and trigger event, for example {@code ADT^A01}. */
  String trigger();

  /** Whether messages of this type make one patient of several. */
  default boolean merges() {
    return false;
  }

  /**
   * Whether the message tells applications something and the record nothing: not even a document is
   * kept of it then.
   */
  default boolean isAboutApplications(Message message) {
    return false;
  }

  /**
   * A transaction of PUT entries; empty where the message has nothing of what its type is about.
   *
   * @param context takes the warnings
   */
  Bundle translate(Message message, MessageContext context);
}
