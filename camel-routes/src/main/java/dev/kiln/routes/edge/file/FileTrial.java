package dev.kiln.routes.edge.file;

import dev.kiln.routes.control.ListenerControl.Fault;
import dev.kiln.routes.control.ListenerControl.Stage;
import dev.kiln.routes.edge.trial.TrialFault;
import dev.kiln.routes.edge.trial.TrialRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Drops a test message into a folder, and takes the answer that comes beside it away again. */
final class FileTrial {

  private static final long SHORTEST_LOOK = 50;

  /** Somebody waits for it in front of a page. */
  private static final Duration MOST = Duration.ofSeconds(60);

  private final TrialRun run;
  private final DropFolder folder;
  private final long look;
  private final String name;

  private FileTrial(TrialRun run, DropFolder folder, long look) {
    this.look = look;
    this.run = run;
    this.folder = folder;
    this.name = "kiln-test-" + run.controlId() + ".hl7";
  }

  /**
   * @param look milliseconds from one look of the listener to the next
   */
  static void run(TrialRun run, DropFolder folder, long look) {
    FileTrial trial = new FileTrial(run, folder, look);
    try {
      run.step(Stage.SENT, trial::drop)
          .step(Stage.ACKNOWLEDGED, () -> run.answered(trial.answer()));
    } finally {
      trial.forget();
    }
  }

  private void drop() throws TrialFault {
    try {
      folder.drop(name, run.bytes());
    } catch (IOException e) {
      throw new TrialFault(
          Fault.NOT_SENT, "The folder cannot be written: " + e.getClass().getSimpleName() + ".");
    }
  }

  private byte[] answer() throws TrialFault {
    // A file is taken at the first look at which it has rested for so long.
    Duration wanted = folder.quiet().plus(TrialRun.PATIENCE).plusMillis(2 * look);
    Duration patience = wanted.compareTo(MOST) > 0 ? MOST : wanted;
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (System.nanoTime() < end) {
        Optional<byte[]> answer = folder.answer(name);
        if (answer.isPresent()) {
          return answer.get();
        }
        Thread.sleep(Math.max(SHORTEST_LOOK, Math.min(look, MOST.toMillis()) / 8));
      }
    } catch (IOException e) {
      throw new TrialFault(
          Fault.NO_ANSWER, "The answer cannot be read: " + e.getClass().getSimpleName() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new TrialFault(Fault.NO_ANSWER, "No answer within " + patience.toSeconds() + " s.");
  }

  /** Partners read the folder of answers as well, and shall find theirs alone. */
  private void forget() {
    try {
      folder.forget(name);
    } catch (IOException e) {
      // What stays there is taken in or found by its name.
    }
  }
}
