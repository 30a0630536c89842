package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.edge.tls.ServerTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of one sender. Its own thread reads and writes; the listener's looks at what it is
 * doing and may close it. With TLS there are two: what is said goes through the secured one, while
 * the one below it is asked what has come and is closed, since the secured one would wait for its
 * own thread.
 */
final class MllpSocket implements AutoCloseable {

  /** Nothing more comes. */
  static final int ENDED = -1;

  /** Nothing came within the time. */
  static final int SILENT = 0;

  private static final Logger log = LoggerFactory.getLogger(MllpSocket.class);

  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /** How a sender is served that is to leave. */
  private enum Ending {
    NOT_YET,
    WITH_WHAT_HAS_COME,
    WITH_THE_MESSAGE_AT_HAND
  }

  private final Socket socket;
  private final ServerTls tls;
  private volatile Socket channel;

  /** When the last block was done with, or an answer was begun to be written. */
  private long since = System.nanoTime();

  private boolean busy;
  private boolean writing;
  private Ending ending = Ending.NOT_YET;

  /**
   * @param tls null where the listener speaks none
   */
  MllpSocket(Socket socket, ServerTls tls) {
    this.socket = socket;
    this.tls = tls;
    this.channel = tls == null ? socket : null;
  }

  /**
   * Agrees on TLS; nothing can be read or written before.
   *
   * @return false where the sender left without a word
   */
  boolean secure() throws IOException {
    channel = tls.handshake(socket).orElse(null);
    return isOpen();
  }

  /** Whether reading and writing can begin. */
  boolean isOpen() {
    return channel != null;
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  void prepare() throws IOException {
    // An acknowledgement is one small write that its sender waits for.
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
  }

  /**
   * Reads what is there. From its first byte on, the sender counts as busy.
   *
   * @param wait longest time; zero is for ever
   * @return how many bytes were read, {@link #SILENT} or {@link #ENDED}
   * @throws IOException where this end has closed the socket
   */
  int read(byte[] bytes, Duration wait) throws IOException {
    try {
      // Rounded up, since nothing would be for ever.
      long millis = wait.plusNanos(999_999).toMillis();
      channel.setSoTimeout((int) Math.min(Integer.MAX_VALUE, millis));
      int count = channel.getInputStream().read(bytes);
      occupied();
      return count;
    } catch (SocketTimeoutException e) {
      return SILENT;
    } catch (SocketException | SSLException e) {
      if (socket.isClosed()) {
        throw e;
      }
      // The sender broke off; what it left behind is judged like any other rest.
      return ENDED;
    }
  }

  private synchronized void occupied() throws SocketException {
    if (socket.isClosed()) {
      throw new SocketException("Closed as idle");
    }
    busy = true;
  }

  /** Sends an answer in its frame, whole or not at all. */
  void write(byte[] answer) throws IOException {
    byte[] frame = new byte[answer.length + 3];
    frame[0] = MllpFrames.START;
    System.arraycopy(answer, 0, frame, 1, answer.length);
    frame[answer.length + 1] = MllpFrames.END;
    frame[answer.length + 2] = MllpFrames.CR;
    mark(true);
    channel.getOutputStream().write(frame);
    mark(false);
  }

  /** Says that a block is done with. */
  void done() {
    mark(false);
  }

  private synchronized void mark(boolean begunToWrite) {
    writing = begunToWrite;
    since = System.nanoTime();
  }

  /** Whether to read on; who is to leave is waited for only to the end of what was begun. */
  synchronized boolean goesOn(boolean begun) {
    busy = begun;
    return begun
        || switch (ending) {
          case NOT_YET -> true;
          case WITH_WHAT_HAS_COME -> speaks();
          case WITH_THE_MESSAGE_AT_HAND -> false;
        };
  }

  synchronized boolean isStopping() {
    return ending == Ending.WITH_THE_MESSAGE_AT_HAND;
  }

  /**
   * Lets the sender read the last answer: to close a socket that holds unread bytes resets the
   * connection, and the answer could be lost with it.
   */
  void farewell() throws IOException {
    channel.shutdownOutput();
    InputStream in = channel.getInputStream();
    byte[] unread = new byte[1024];
    long end = System.nanoTime() + FAREWELL.toNanos();
    channel.setSoTimeout((int) FAREWELL.toMillis());
    while (System.nanoTime() < end && in.read(unread) >= 0) {
      // What is not taken any more is not acknowledged either, and will be sent again.
    }
  }

  /** For how many nanoseconds the sender has sent nothing; 0 where something is under way. */
  synchronized long idle() {
    return busy ? 0 : System.nanoTime() - since;
  }

  /** Closes the connection where nothing is under way, and returns whether that was so. */
  synchronized boolean closeIfIdle() {
    if (!busy) {
      close();
    }
    return !busy;
  }

  /** Closes the connection where the sender has not read an answer for so long. */
  synchronized void closeIfStuck(Duration patience) {
    if (writing && System.nanoTime() - since > patience.toNanos()) {
      log.warn("{} does not read its acknowledgements: closed", this);
      close();
    }
  }

  /** Ends the connection with the message that is under way; at once where there is none. */
  synchronized void stop() {
    ending = Ending.WITH_THE_MESSAGE_AT_HAND;
    closeIfIdle();
  }

  /** Ends the connection when all that has come is answered. */
  synchronized void drain() {
    ending = Ending.WITH_WHAT_HAS_COME;
    if (!speaks()) {
      closeIfIdle();
    }
  }

  /** Whether the sender has sent something that nobody has read yet. */
  boolean speaks() {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("Closing {} failed: {}", this, e.getClass().getName());
    }
  }

  /** The sender's address. */
  @Override
  public String toString() {
    return String.valueOf(socket.getRemoteSocketAddress());
  }
}
