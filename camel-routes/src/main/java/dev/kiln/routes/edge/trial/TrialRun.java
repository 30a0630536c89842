package dev.kiln.routes.edge.trial;

import dev.kiln.routes.control.ListenerControl.Fault;
import dev.kiln.routes.control.ListenerControl.Shown;
import dev.kiln.routes.control.ListenerControl.Stage;
import dev.kiln.routes.control.ListenerControl.Step;
import dev.kiln.routes.control.ListenerControl.Trial;
import dev.kiln.routes.inbox.TestMessages;
import dev.kiln.routes.inbox.TestMessages.TestMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One test message on its way, and what is told of it. One thread uses it. */
public final class TrialRun {

  /** Longest wait for an acknowledgement. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** One step, which fails by what it throws. */
  public interface Task {
    void run() throws TrialFault;
  }

  private final TestMessages messages;
  private final TestMessage message;
  private final List<Step> steps = new ArrayList<>();
  private byte[] acknowledgement = new byte[0];
  private Shown certificate;
  private boolean isEnded;

  /**
   * @param listener its name
   */
  public TrialRun(TestMessages messages, String listener) {
    this.messages = messages;
    this.message = messages.to(listener);
  }

  /** The message as it is to be sent, without a frame. */
  public byte[] bytes() {
    return message.bytes();
  }

  public String controlId() {
    return message.controlId();
  }

  /** Does the next step; nothing where one before it has failed. */
  public TrialRun step(Stage stage, Task task) {
    return step(stage, "", task);
  }

  /**
   * @param remark what is to be said of the step where it succeeds
   */
  public TrialRun step(Stage stage, String remark, Task task) {
    if (isEnded) {
      return this;
    }
    long begin = System.nanoTime();
    Fault fault = null;
    String text = remark;
    try {
      task.run();
    } catch (TrialFault e) {
      fault = e.fault();
      text = e.getMessage();
      isEnded = true;
    }
    steps.add(new Step(stage, Duration.ofNanos(System.nanoTime() - begin), fault, text));
    return this;
  }

  /** Ends it where it would have to go on with what only a partner has. */
  public void endHere() {
    isEnded = true;
  }

  /** Takes down which certificate senders get to see. */
  public void shown(Shown shown) {
    certificate = shown;
  }

  /**
   * Takes the answer down.
   *
   * @throws TrialFault where it does not accept the message
   */
  public void answered(byte[] answer) throws TrialFault {
    acknowledgement = answer;
    if (!messages.isAccepted(answer, message)) {
      throw new TrialFault(
          Fault.NOT_ACCEPTED, "The answer does not say that the message was accepted.");
    }
  }

  public Trial told() {
    return new Trial(message.controlId(), List.copyOf(steps), certificate, acknowledgement);
  }
}
