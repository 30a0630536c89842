package dev.kiln.routes.edge;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Judges and acknowledges as the hub does, and keeps the messages in memory. */
public final class JudgedMessages implements Intake {

  private static final MessageFormat FORMAT = Sample.format();

  public final List<byte[]> accepted = new CopyOnWriteArrayList<>();

  @Override
  public Answer accept(byte[] raw, Charset declared) {
    Receipt receipt = FORMAT.judge(raw);
    if (receipt.isAccepted()) {
      accepted.add(raw);
    }
    return answer(raw, receipt);
  }

  @Override
  public Answer refuse(byte[] raw, Refusal why) {
    return answer(raw, FORMAT.judge(raw).refusedBecause(why));
  }

  private static Answer answer(byte[] raw, Receipt receipt) {
    return new Answer(
        FORMAT.acknowledge(raw, receipt),
        FORMAT.charset(raw),
        receipt.isAccepted() ? null : receipt.refusal().reason());
  }

  @Override
  public Answer notTaken(byte[] raw) {
    return refuse(raw, new Refusal(RejectReason.NOT_STORED, "", "Not taken."));
  }
}
