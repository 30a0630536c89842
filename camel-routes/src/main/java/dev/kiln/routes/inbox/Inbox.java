package dev.kiln.routes.inbox;

import dev.kiln.routes.Heartbeat;
import dev.kiln.routes.RejectReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Takes raw bytes, commits them, and says what to acknowledge. Every edge ends here. A positive
 * acknowledgement leaves only after the commit, so that a sender may forget what it has been
 * acknowledged.
 */
public final class Inbox implements Heartbeat {

  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  private final InboxTable table;
  private final InboxWorker worker;
  private final MeterRegistry metrics;

  Inbox(InboxTable table, InboxWorker worker, MeterRegistry metrics) {
    this.table = table;
    this.worker = worker;
    this.metrics = metrics;
  }

  /**
   * Commits the bytes, accepted or refused.
   *
   * @param source where they came from, for example {@code mllp:2575}
   * @return the acknowledgement, in the format's own form
   */
  public byte[] accept(MessageFormat format, byte[] raw, String source) {
    Receipt receipt = format.judge(raw);
    boolean fresh = true;
    try {
      fresh = table.insert(format.name(), raw, source, receipt);
    } catch (DataAccessException e) {
      // The exception's message can quote the row, and with it the patient.
      log.error("The inbox cannot commit a message: {}", e.getClass().getSimpleName());
      receipt =
          receipt.refusedBecause(
              new Refusal(
                  RejectReason.NOT_STORED, "", "The message could not be stored; send it again."));
    }
    count(receipt, fresh);
    if (receipt.isAccepted()) {
      worker.wake();
    }
    return format.acknowledge(raw, receipt);
  }

  /**
   * Commits bytes that the edge refuses, for example because they are no whole message.
   *
   * @param source as for {@link #accept}
   * @return the negative acknowledgement, in the format's own form
   */
  public byte[] refuse(MessageFormat format, byte[] raw, String source, Refusal why) {
    Receipt receipt = format.judge(raw).refusedBecause(why);
    try {
      table.insert(format.name(), raw, source, receipt);
    } catch (DataAccessException e) {
      log.error("The inbox cannot commit a refused message: {}", e.getClass().getSimpleName());
      receipt =
          receipt.refusedBecause(
              new Refusal(
                  RejectReason.NOT_STORED, "", "The message could not be stored; send it again."));
    }
    count(receipt, true);
    return format.acknowledge(raw, receipt);
  }

  @Override
  public void beat() {
    table.beat();
    if (!worker.isRunning()) {
      throw new IllegalStateException("The inbox's worker has ended");
    }
  }

  private void count(Receipt receipt, boolean fresh) {
    String outcome =
        receipt.isAccepted()
            ? fresh ? "accepted" : "repeated"
            : receipt.refusal().reason().name().toLowerCase();
    Counter.builder("kiln.inbox.received")
        .description("Messages that reached the inbox, by what became of them")
        .tag("outcome", outcome)
        .register(metrics)
        .increment();
  }
}
