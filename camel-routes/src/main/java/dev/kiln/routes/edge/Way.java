package dev.kiln.routes.edge;

import dev.kiln.routes.control.ListenerControl.Listener;

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

  /** Takes nothing more, and returns when all that has come is answered. */
  void pause();

  /** Takes nothing more, and returns when the messages at hand are answered. */
  void stop();
}
