package dev.kiln.routes.edge;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.MessageBatch;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Refusal;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of a batch in by themselves, in their order, and gives one answer for all.
 * What is one message it leaves to the intake of single ones.
 */
public final class BatchIntake implements Intake {

  private static final Logger log = LoggerFactory.getLogger(BatchIntake.class);

  private final MessageFormat format;
  private final Intake single;

  public BatchIntake(MessageFormat format, Intake single) {
    this.format = format;
    this.single = single;
  }

  @Override
  public Answer accept(byte[] raw, Charset declared) {
    Optional<MessageBatch> batch = format.batch(raw);
    return batch.isPresent() ? all(batch.get(), raw, declared) : single.accept(raw, declared);
  }

  private Answer all(MessageBatch batch, byte[] raw, Charset declared) {
    // Kept first and whole, so that nothing is lost of what is no part of a message.
    RejectReason fault = batch.fault() == null ? null : single.refuse(raw, batch.fault()).refusal();
    List<Answer> answers = new ArrayList<>();
    boolean isStored = fault != RejectReason.NOT_STORED;
    for (byte[] message : batch.messages()) {
      // Behind one that must be sent again, the others would overtake it.
      Answer answer = isStored ? one(message, declared) : single.notTaken(message);
      isStored = answer.refusal() != RejectReason.NOT_STORED;
      answers.add(answer);
    }
    return batch.answer(answers, fault);
  }

  private Answer one(byte[] message, Charset declared) {
    try {
      return single.accept(message, declared);
    } catch (RuntimeException | StackOverflowError e) {
      log.error("A message of a batch could not be taken in: {}", e.getClass().getName());
      return single.notTaken(message);
    }
  }

  @Override
  public Answer refuse(byte[] raw, Refusal why) {
    return single.refuse(raw, why);
  }

  @Override
  public Answer notTaken(byte[] raw) {
    return single.notTaken(raw);
  }
}
