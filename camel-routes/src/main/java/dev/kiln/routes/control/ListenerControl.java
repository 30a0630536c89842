package dev.kiln.routes.control;

import java.time.Duration;
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
   * Sends a message that says nothing of anybody to a listener, by the way that its senders go, and
   * waits for the acknowledgement, some ten seconds at most and as long as a folder's files rest.
   * It does not count as the listener's last message.
   *
   * @throws NoSuchElementException where there is no such listener
   */
  Trial test(String name);

  /**
   * How a test message fared.
   *
   * @param controlId by which it is found among the messages, if it came so far
   * @param steps as far as it came, in their order
   * @param certificate that the listener showed; null where it showed none
   * @param acknowledgement empty where none came
   */
  record Trial(String controlId, List<Step> steps, Shown certificate, byte[] acknowledgement) {

    /** Whether nothing went wrong, as far as the hub can try it by itself. */
    public boolean isGood() {
      return steps.stream().allMatch(step -> step.fault() == null);
    }
  }

  /**
   * @param fault null where it succeeded
   * @param text one sentence on it; may be empty
   */
  record Step(Stage stage, Duration took, Fault fault, String text) {}

  /** A certificate, by its subject's distinguished name. */
  record Shown(String subject, Instant ends) {}

  /** What a message goes through; not each kind of listener has all of it. */
  enum Stage {
    CONNECTED,
    TLS,
    SENT,
    ACKNOWLEDGED
  }

  /** Why a step failed. */
  enum Fault {
    /** The listener is paused, or not open. */
    PAUSED,
    /** Nothing takes connections at its port. */
    REFUSED,
    /** Its certificate, or one of its issuers', has ended or not begun. */
    CERTIFICATE_ENDED,
    /** What is shown is not what its settings name, or not issued by what stands beside it. */
    NOT_TRUSTED,
    /** They do not agree on TLS. */
    HANDSHAKE,
    /** The message could not be handed over. */
    NOT_SENT,
    /** No acknowledgement came in time, or the connection ended without one. */
    NO_ANSWER,
    /** The acknowledgement says no. */
    NOT_ACCEPTED,
    /** The hub has no way to try a listener of this kind. */
    NOT_TRIED
  }

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
