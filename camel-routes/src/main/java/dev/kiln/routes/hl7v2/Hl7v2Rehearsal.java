package dev.kiln.routes.hl7v2;

import dev.kiln.routes.RoutesConfiguration.Rehearsal;
import dev.kiln.routes.hl7v2.er7.MessageFile;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Translation;
import java.util.List;

/** Asks the format what the inbox and its workers would ask. */
final class Hl7v2Rehearsal implements Rehearsal {

  private final Hl7v2Format format;

  Hl7v2Rehearsal(Hl7v2Format format) {
    this.format = format;
  }

  @Override
  public List<byte[]> messages(byte[] file) {
    return MessageFile.messages(file);
  }

  @Override
  public Outcome of(byte[] message) {
    Receipt receipt = format.judge(message);
    if (!receipt.isAccepted()) {
      return new Outcome(
          receipt.type(),
          receipt.refusal().reason(),
          receipt.refusal().location(),
          null,
          List.of(),
          List.of(),
          0,
          false);
    }
    Translation translation = format.translate(message);
    return new Outcome(
        receipt.type(),
        null,
        "",
        translation.statement(),
        translation.warnings(),
        translation.unread(),
        translation.populated(),
        format.isAboutApplications(message, receipt.type()));
  }
}
