package dev.kiln.routes.edge.file;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.control.ListenerControl.Fault;
import dev.kiln.routes.control.ListenerControl.Listener;
import dev.kiln.routes.control.ListenerControl.Stage;
import dev.kiln.routes.control.ListenerControl.State;
import dev.kiln.routes.edge.Intake;
import dev.kiln.routes.edge.Way;
import dev.kiln.routes.edge.file.Place.Reached;
import dev.kiln.routes.edge.file.Place.Unreachable;
import dev.kiln.routes.edge.trial.TestsUnderWay;
import dev.kiln.routes.edge.trial.TrialFault;
import dev.kiln.routes.edge.trial.TrialRun;
import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.Refusal;
import dev.kiln.routes.settings.WrongListener;
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
 * Watches one folder, here or at a partner's, and takes the files in one after the other. Their
 * names are not logged, since some senders name them after the patient.
 */
final class FileListener implements Way {

  private static final Logger log = LoggerFactory.getLogger(FileListener.class);

  /** Milliseconds; more than a file whose messages are under way should need. */
  private static final long STOP = 30_000;

  private final String name;
  private final int limit;
  private final Place place;
  private final Intake intake;
  private final FileMeters meters;
  private final TestsUnderWay tests = new TestsUnderWay();
  private volatile State state = State.STOPPED;
  private volatile Thread watching;
  private volatile PlaceTrouble trouble;

  /**
   * @param limit bytes of the largest file that is taken in
   */
  FileListener(String name, Place place, int limit, Intake intake, MeterRegistry metrics) {
    this.name = name;
    this.limit = limit;
    this.place = place;
    this.intake = intake;
    this.meters = new FileMeters(metrics, name);
    this.trouble = new PlaceTrouble(name, place.look());
  }

  /**
   * @throws WrongListener where the folder cannot be used
   */
  @Override
  public synchronized void start() {
    if (state == State.LISTENING && watching.isAlive()) {
      return;
    }
    place.check();
    state = State.LISTENING;
    PlaceTrouble own = new PlaceTrouble(name, place.look());
    trouble = own;
    watching = new Thread(() -> watch(own), "files-" + name);
    watching.start();
    log.info("Listener {} takes files from {}", name, place.address());
  }

  /**
   * @param own of this thread alone, as one that took too long to end may still have another
   */
  private void watch(PlaceTrouble own) {
    Reached reached = null;
    try {
      while (isWatching()) {
        long pause = place.look();
        try {
          if (reached == null) {
            reached = place.reach();
          }
          if (takeFinished(reached.folder())) {
            own.over();
          }
        } catch (IOException | RuntimeException | Error e) {
          // Also what a library lacks, or a file too many for the memory, must not end it.
          leave(reached);
          reached = null;
          pause = own.failed(e);
        }
        pauseBetweenLooks(pause);
      }
    } catch (InterruptedException e) {
      log.warn("Listener {} ended: {}", name, e.getClass().getName());
    } finally {
      leave(reached);
      own.over();
    }
  }

  private void leave(Reached reached) {
    if (reached == null) {
      return;
    }
    try {
      reached.close();
    } catch (IOException | RuntimeException e) {
      log.debug("Listener {} left its folder: {}", name, e.getClass().getName());
    }
  }

  /** False also where another thread has come after this one took too long to end. */
  private boolean isWatching() {
    return state == State.LISTENING && watching == Thread.currentThread();
  }

  private synchronized void pauseBetweenLooks(long millis) throws InterruptedException {
    if (isWatching()) {
      wait(millis);
    }
  }

  /**
   * Ends at a file that cannot be stored: those behind it must not overtake it.
   *
   * @return whether the folder has shown that it can be used. Nobody knows that while its files are
   *     not finished, as none is at the first look after a fault: the trouble may lie in one of
   *     them.
   */
  private boolean takeFinished(DropFolder folder) throws IOException {
    List<Path> files = folder.finished();
    int left = files.size();
    meters.waiting(left);
    for (Iterator<Path> next = files.iterator(); next.hasNext() && isWatching(); ) {
      if (!take(folder, next.next())) {
        return true;
      }
      meters.waiting(--left);
    }
    return !files.isEmpty() || folder.isEmpty();
  }

  private boolean take(DropFolder folder, Path file) throws IOException {
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
    // By a connection of its own: the thread that looks has the other.
    Reached reached = null;
    try {
      reached = place.reach();
      FileTrial.run(run, reached.folder(), place.look());
    } catch (IOException e) {
      run.step(
          Stage.CONNECTED,
          () -> {
            throw new TrialFault(
                Fault.REFUSED,
                e instanceof Unreachable ? e.getMessage() : "The folder cannot be reached.");
          });
    } finally {
      leave(reached);
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
        name,
        place.kind(),
        place.address(),
        0,
        state(),
        0,
        meters.lastFile(),
        Optional.empty(),
        trouble.told());
  }

  /** What it thinks of itself, unless its thread has ended by a fault. */
  private State state() {
    State is = state;
    return is == State.LISTENING && !watching.isAlive() ? State.STOPPED : is;
  }
}
