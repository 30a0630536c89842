package dev.kiln.routes.control;

import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What those who run the hub see of the listeners, and may ask of them. */
public interface ListenerControl {

  /** All listeners as they are now. */
  List<Listener> listeners();

  /**
   * Closes a listener's port, or takes nothing more by it where it has none of its own, lets what
   * has come be answered, closes its connections, and returns then, within about half a minute.
   * Nothing happens where it is paused already. It lasts until the listener is resumed or the hub
   * starts anew.
   *
   * @throws NoSuchElementException where there is no such listener
   */
  void pause(String name);

  /**
   * Opens the port again; nothing happens where it is open.
   *
   * @throws NoSuchElementException where there is no such listener
   * @throws org.springframework.boot.web.server.PortInUseException where another program has taken
   *     the port meanwhile
   */
  void resume(String name);

  /**
   * One listener.
   *
   * @param kind mllp, http, file or sftp
   * @param address address that it binds, the path at the hub's own web server, or the folder
   * @param port port that it binds; 0 where it has none of its own
   * @param connections senders that are served
   * @param lastMessage when the last frame came
   * @param certificateEnds when its certificate ends; empty where it speaks no TLS
   * @param trouble what keeps it from fetching messages; empty where nothing does, or where they
   *     are sent to it
   */
  record Listener(
      String name,
      String kind,
      String address,
      int port,
      State state,
      int connections,
      Optional<Instant> lastMessage,
      Optional<Instant> certificateEnds,
      Optional<Trouble> trouble) {}

  /**
   * @param since when it began
   * @param why a sentence about the place and its settings, and about no file
   */
  record Trouble(Instant since, String why) {}

  /** What a listener does. */
  enum State {
    LISTENING,
    /** Its port is closed, and what has come is being answered. */
    DRAINING,
    PAUSED,
    /** It is not open: the hub starts or stops, or the listener has failed. */
    STOPPED
  }
}
