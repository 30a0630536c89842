package dev.kiln.routes.edge;

import dev.kiln.routes.control.ListenerControl.Fault;
import dev.kiln.routes.control.ListenerControl.Listener;
import dev.kiln.routes.control.ListenerControl.Stage;
import dev.kiln.routes.edge.trial.TrialFault;
import dev.kiln.routes.edge.trial.TrialRun;

/** One way in, whatever its kind. */
public interface Way {

  /** The listener as it is now. */
  Listener told();

  /**
   * Takes messages from now on; nothing happens where it does already.
   *
   * @throws org.springframework.boot.web.server.PortInUseException where another program has the
   *     port
   */
  void start();

  /** Sends the test message to this listener, which is open, as one of its senders would. */
  default void test(TrialRun run) {
    run.step(
        Stage.SENT,
        () -> {
          throw new TrialFault(
              Fault.NOT_TRIED, "The hub has no way to send to a listener of this kind.");
        });
  }

  /** Takes nothing more, and returns when all that has come is answered. */
  void pause();

  /** Takes nothing more, and returns when the messages at hand are answered. */
  void stop();
}
