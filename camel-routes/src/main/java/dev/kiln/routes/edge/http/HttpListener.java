package dev.kiln.routes.edge.http;

import dev.kiln.routes.Progress;
import dev.kiln.routes.RejectReason;
import dev.kiln.routes.control.ListenerControl.Fault;
import dev.kiln.routes.control.ListenerControl.Listener;
import dev.kiln.routes.control.ListenerControl.Stage;
import dev.kiln.routes.control.ListenerControl.State;
import dev.kiln.routes.edge.FrameBytes;
import dev.kiln.routes.edge.FrameMemory;
import dev.kiln.routes.edge.Intake;
import dev.kiln.routes.edge.Way;
import dev.kiln.routes.edge.trial.TestsUnderWay;
import dev.kiln.routes.edge.trial.TrialFault;
import dev.kiln.routes.edge.trial.TrialRun;
import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.Refusal;
import dev.kiln.routes.settings.HttpSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener for HL7 v2 over HTTP. Its port is the hub's own: what it opens and closes is a path.
 * Each body is taken in while its sender waits for the answer, so that a sender that sends one
 * after the other has them in its order.
 */
final class HttpListener implements Way {

  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);

  /** Requests at once; more would take the threads of those who use the FHIR API. */
  private static final int PLACES = 50;

  private static final String WITHOUT_DOOR =
      "Handed to the listener itself: the check of a sender's token before it was left out.";

  private static final Duration STOP = Duration.ofSeconds(30);

  private final String name;
  private final int limit;
  private final FrameMemory memory;
  private final Duration patience;
  private final Intake intake;
  private final Progress progress;
  private final HttpMeters meters;
  private final TestsUnderWay tests = new TestsUnderWay();
  private State state = State.STOPPED;
  private int served;

  /**
   * @param patience longest time that a sender may take for a body
   */
  HttpListener(
      String name,
      HttpSettings settings,
      Duration patience,
      Intake intake,
      Progress progress,
      MeterRegistry metrics) {
    this.name = name;
    this.limit = Math.toIntExact(settings.maxMessageSize().toBytes());
    this.memory = new FrameMemory(settings.maxBuffered().toBytes(), limit);
    this.patience = patience;
    this.intake = intake;
    this.progress = progress;
    this.meters = new HttpMeters(metrics, name, this::served);
  }

  /**
   * Answers one request, if this listener takes any now.
   *
   * @param declared the character set that Content-Type names; null where it names none
   * @throws IOException where the sender breaks off; nothing of what it sent is kept then
   */
  HttpAnswer answer(InputStream body, Charset declared) throws IOException {
    Optional<HttpAnswer> refused = enter();
    if (refused.isPresent()) {
      return counted(refused.get());
    }
    FrameBytes bytes = new FrameBytes(memory, limit);
    try {
      return counted(read(body, bytes) ? taken(bytes, declared) : late());
    } finally {
      bytes.release();
      leave();
    }
  }

  private HttpAnswer counted(HttpAnswer answer) {
    meters.request(answer.status());
    return answer;
  }

  private synchronized Optional<HttpAnswer> enter() {
    if (state != State.LISTENING) {
      return Optional.of(
          HttpAnswer.plain(503, "Listener " + name + " takes no messages at the moment."));
    }
    if (served == PLACES) {
      return Optional.of(
          HttpAnswer.plain(503, "All " + PLACES + " places of listener " + name + " are taken."));
    }
    served++;
    return Optional.empty();
  }

  private synchronized void leave() {
    served--;
    notifyAll();
  }

  /**
   * Reads on past the limit for as much again: a client that is cut off while it sends often does
   * not read why.
   *
   * @return false where it takes too long
   */
  private boolean read(InputStream body, FrameBytes bytes) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    byte[] chunk = new byte[8 << 10];
    long total = 0;
    for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
      for (int at = 0; at < count; at++) {
        bytes.add(chunk[at]);
      }
      total += count;
      meters.bytes(count);
      if (total >= 2L * limit) {
        return true;
      }
      if (System.nanoTime() > end) {
        return false;
      }
    }
    return true;
  }

  private HttpAnswer late() {
    log.warn("A sender of listener {} has not sent a body within {}", name, patience);
    return HttpAnswer.plain(408, "The body has not come within " + patience.toSeconds() + " s.");
  }

  /** As with every wire, a fault is answered as well: what is sent again is not lost. */
  private HttpAnswer taken(FrameBytes bytes, Charset declared) {
    boolean isTooLarge = bytes.isTooLarge();
    byte[] raw = bytes.content();
    if (!tests.has(raw)) {
      meters.heard();
    }
    Answer answer;
    try {
      answer = isTooLarge ? intake.refuse(raw, tooLarge()) : intake.accept(raw, declared);
    } catch (RuntimeException | StackOverflowError e) {
      log.error("A message could not be taken in: {}", e.getClass().getName());
      answer = intake.notTaken(raw);
    }
    if (answer.bytes().length > 0) {
      progress.reached(Progress.Step.ACK_SENT);
    }
    return HttpAnswer.of(answer);
  }

  private Refusal tooLarge() {
    return new Refusal(
        RejectReason.FRAME_TOO_LARGE, "", "The body has more than " + limit + " bytes.");
  }

  /**
   * Beside the web server, which this request has come through: the door before the listener wants
   * a token, and the hub has none of its own.
   */
  @Override
  public void test(TrialRun run) {
    tests.begin(run.bytes());
    AtomicReference<HttpAnswer> answer = new AtomicReference<>();
    try {
      run.step(Stage.SENT, WITHOUT_DOOR, () -> answer.set(handed(run.bytes())))
          .step(Stage.ACKNOWLEDGED, () -> judge(run, answer.get()));
    } finally {
      tests.end(run.bytes());
    }
  }

  private HttpAnswer handed(byte[] message) throws TrialFault {
    try {
      return answer(new ByteArrayInputStream(message), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new TrialFault(Fault.NOT_SENT, "The listener stops.");
    }
  }

  private static void judge(TrialRun run, HttpAnswer answer) throws TrialFault {
    if (answer.status() == 503) {
      throw new TrialFault(
          Fault.NO_ANSWER, "Status 503: " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    run.answered(answer.body());
  }

  @Override
  public synchronized void start() {
    if (state != State.LISTENING) {
      state = State.LISTENING;
      log.info("Listener {} takes HL7 v2 over HTTP at {}", name, path());
    }
  }

  @Override
  public void pause() {
    close(State.DRAINING, State.PAUSED);
  }

  @Override
  public void stop() {
    close(State.STOPPED, State.STOPPED);
  }

  private synchronized void close(State meanwhile, State afterwards) {
    if (state == State.PAUSED || state == State.STOPPED) {
      return;
    }
    state = meanwhile;
    long end = System.nanoTime() + STOP.toNanos();
    try {
      for (long left = STOP.toMillis();
          served > 0 && left > 0;
          left = (end - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (served > 0) {
      log.warn("{} requests had not finished when listener {} was closed", served, name);
    }
    // Who resumes it while it is drained finds it listening, and it stays so.
    if (state == meanwhile) {
      state = afterwards;
      log.info("Listener {} is {}", name, afterwards);
    }
  }

  @Override
  public synchronized Listener told() {
    return new Listener(
        name,
        "http",
        path(),
        0,
        state,
        served,
        meters.lastRequest(),
        Optional.empty(),
        Optional.empty());
  }

  private synchronized int served() {
    return served;
  }

  private String path() {
    return HttpConfiguration.PATH + "/" + name;
  }
}
