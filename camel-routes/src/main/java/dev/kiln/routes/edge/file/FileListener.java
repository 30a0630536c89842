package dev.kiln.routes.edge.file;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.RoutesSettings;
import dev.kiln.routes.RoutesSettings.WrongListener;
import dev.kiln.routes.control.ListenerControl.Listener;
import dev.kiln.routes.control.ListenerControl.State;
import dev.kiln.routes.edge.Intake;
import dev.kiln.routes.edge.Way;
import dev.kiln.routes.edge.trial.TestsUnderWay;
import dev.kiln.routes.edge.trial.TrialRun;
import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one folder, and takes the files in one after the other. Their names are not logged, since
 * some senders name them after the patient.
 */
final class FileListener implements Way {

  private static final Logger log = LoggerFactory.getLogger(FileListener.class);

  /** Milliseconds; more than a file whose messages are under way should need. */
  private static final long STOP = 30_000;

  private final String name;
  private final int limit;
  private final long look;
  private final DropFolder folder;
  private final Intake intake;
  private final FileMeters meters;
  private final TestsUnderWay tests = new TestsUnderWay();
  private volatile State state = State.STOPPED;
  private volatile Thread watching;

  FileListener(String name, RoutesSettings.Files settings, Intake intake, MeterRegistry metrics) {
    this.name = name;
    this.limit = Math.toIntExact(settings.maxFileSize().toBytes());
    this.look = Math.max(50, Math.min(1000, settings.quiet().toMillis() / 2));
    this.folder = new DropFolder(settings.folder(), settings.quiet());
    this.intake = intake;
    this.meters = new FileMeters(metrics, name);
  }

  /**
   * @throws WrongListener where the folder cannot be used
   */
  @Override
  public synchronized void start() {
    if (state == State.LISTENING && watching.isAlive()) {
      return;
    }
    try {
      folder.prepare();
    } catch (IOException e) {
      throw new WrongListener(
          "kiln.routes.files." + name + ".folder cannot be written: " + folder.path());
    }
    state = State.LISTENING;
    watching = new Thread(this::watch, "files-" + name);
    watching.start();
    log.info("Listener {} takes files from {}", name, folder.path());
  }

  private void watch() {
    try {
      while (isWatching()) {
        try {
          takeFinished();
        } catch (IOException | RuntimeException e) {
          log.error("Listener {} cannot use its folder: {}", name, e.getClass().getName());
        }
        pauseBetweenLooks();
      }
    } catch (InterruptedException e) {
      log.warn("Listener {} ended: {}", name, e.getClass().getName());
    }
  }

  /** False also where another thread has come after this one took too long to end. */
  private boolean isWatching() {
    return state == State.LISTENING && watching == Thread.currentThread();
  }

  private synchronized void pauseBetweenLooks() throws InterruptedException {
    if (isWatching()) {
      wait(look);
    }
  }

  /** Ends at a file that cannot be stored: those behind it must not overtake it. */
  private void takeFinished() throws IOException {
    List<Path> files = folder.finished();
    int left = files.size();
    meters.waiting(left);
    for (Iterator<Path> next = files.iterator(); next.hasNext() && isWatching(); ) {
      if (!take(next.next())) {
        return;
      }
      meters.waiting(--left);
    }
  }

  private boolean take(Path file) throws IOException {
    byte[] raw;
    try {
      raw = folder.read(file, limit);
      if (!folder.isUnchanged(file)) {
        // It goes on growing, and will be found again.
        return true;
      }
    } catch (NoSuchFileException e) {
      return true;
    }
    if (!tests.has(raw)) {
      meters.heard();
    }
    Answer answer = answer(raw);
    if (answer.refusal() == RejectReason.NOT_STORED) {
      meters.file("not_stored");
      log.warn("A file of listener {} cannot be stored yet", name);
      return false;
    }
    folder.settle(file, answer.bytes(), answer.refusal() == null);
    meters.file(answer.refusal() == null ? "done" : "failed");
    return true;
  }

  private Answer answer(byte[] raw) {
    try {
      return raw.length > limit
          ? intake.refuse(Arrays.copyOf(raw, limit), tooLarge())
          : intake.accept(raw, null);
    } catch (RuntimeException | StackOverflowError e) {
      log.error("A file could not be taken in: {}", e.getClass().getName());
      return intake.notTaken(raw);
    }
  }

  private Refusal tooLarge() {
    return new Refusal(
        RejectReason.FRAME_TOO_LARGE, "", "The file has more than " + limit + " bytes.");
  }

  @Override
  public void test(TrialRun run) {
    tests.begin(run.bytes());
    try {
      FileTrial.run(run, folder);
    } finally {
      tests.end(run.bytes());
    }
  }

  /** Returns when the file at hand is done with. */
  @Override
  public void pause() {
    close(State.DRAINING, State.PAUSED);
  }

  @Override
  public void stop() {
    close(State.STOPPED, State.STOPPED);
  }

  private void close(State meanwhile, State afterwards) {
    Thread ending;
    synchronized (this) {
      if (state != State.LISTENING) {
        return;
      }
      state = meanwhile;
      ending = watching;
      notifyAll();
    }
    try {
      ending.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    state = afterwards;
    log.info("Listener {} is {}", name, afterwards);
  }

  @Override
  public Listener told() {
    return new Listener(
        name, "file", folder.path().toString(), 0, state(), 0, meters.lastFile(), Optional.empty());
  }

  /** What it thinks of itself, unless its thread has ended by a fault. */
  private State state() {
    State is = state;
    return is == State.LISTENING && !watching.isAlive() ? State.STOPPED : is;
  }
}
