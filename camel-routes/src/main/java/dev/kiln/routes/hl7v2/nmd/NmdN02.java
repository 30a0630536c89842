package dev.kiln.routes.hl7v2.nmd;

import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.TransactionBundle;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;

/**
 * NMD^N02, what applications tell each other of their clocks, loads and states (section 14.3.2). It
 * is accepted and kept among the messages, and nothing of it belongs into a record. Kiln's own test
 * messages are of this type.
 */
public final class NmdN02 implements Hl7v2Translator {

  /** Those of its structure; whatever else comes might be about somebody. */
  private static final Set<String> OWN =
      Set.of("MSH", "SFT", "UAC", "NCK", "NST", "NSC", "NTE", "DSC");

  @Override
  public String trigger() {
    return "NMD^N02";
  }

  @Override
  public boolean isAboutApplications(Message message) {
    return message.segments().stream().map(Segment::name).allMatch(OWN::contains);
  }

  /** The clock is compared with nothing, but what is no time is said to be none. */
  @Override
  public Bundle translate(Message message, MessageContext context) {
    message.segments("NCK").forEach(nck -> Ts.dateTime(nck.field(1), context));
    return new TransactionBundle().bundle();
  }
}
