package dev.kiln.routes.edge;

import dev.kiln.routes.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sender. Its frames are taken in their order, and each one's acknowledgement has left before
 * the next one is looked at, so that acknowledgements come in the order of the messages.
 */
final class MllpConnection implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(MllpConnection.class);

  private static final int ENDED = -1;
  private static final int SILENT = 0;
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Socket socket;
  private final MllpFrames frames;
  private final MllpAnswers answers;
  private final Progress progress;
  private final Patience patience;
  private final byte[] chunk = new byte[8192];

  /** Nanoseconds that the sender has taken for what it has begun. */
  private long taken;

  /** When the last answer was begun to be written, or the last frame was done with. */
  private long since = System.nanoTime();

  private boolean busy;
  private boolean writing;
  private boolean stopping;

  MllpConnection(
      Socket socket, MllpFrames frames, MllpAnswers answers, Progress progress, Patience patience) {
    this.socket = socket;
    this.frames = frames;
    this.answers = answers;
    this.progress = progress;
    this.patience = patience;
  }

  @Override
  public void run() {
    try (socket) {
      serve();
      farewell();
    } catch (IOException e) {
      log.debug("The connection of {} ended: {}", this, e.getClass().getSimpleName());
    } catch (RuntimeException e) {
      // Its message could quote the one that was received.
      log.error("The connection of {} failed: {}", this, e.getClass().getName());
    } finally {
      frames.close();
    }
  }

  private void serve() throws IOException {
    while (goesOn()) {
      int count = receive();
      if (count > SILENT) {
        ByteBuffer read = ByteBuffer.wrap(chunk, 0, count);
        for (Optional<MllpBlock> block = frames.next(read);
            block.isPresent();
            block = frames.next(read)) {
          // Only a frame has somebody who waits for its answer: any other would be taken for that
          // of the frame that follows.
          boolean isFrame =
              block.get().kind() == MllpBlock.Kind.FRAME
                  || block.get().kind() == MllpBlock.Kind.FRAME_TOO_LARGE;
          settle(block.get(), isFrame);
          if (isStopping()) {
            return;
          }
        }
      } else {
        Optional<MllpBlock> rest = frames.rest();
        if (rest.isPresent()) {
          // A fragment gets no answer, since a refusal is for ever: its sender shall try again.
          settle(rest.get(), rest.get().kind() != MllpBlock.Kind.FRAGMENT);
        }
        if (count == ENDED) {
          return;
        }
      }
    }
  }

  /**
   * Reads into the chunk.
   *
   * @return how many bytes there are, or that the sender is silent, or that nothing more comes or
   *     is waited for
   */
  private int receive() throws IOException {
    boolean begun = frames.place() != MllpFrames.Place.BETWEEN_FRAMES;
    if (!begun) {
      taken = 0;
    }
    long left = patience.frame().toNanos() - taken;
    if (begun && left <= 0) {
      return tooLate();
    }
    long start = System.nanoTime();
    try {
      socket.setSoTimeout(timeout(left));
      int count = socket.getInputStream().read(chunk);
      occupied();
      return count;
    } catch (SocketTimeoutException e) {
      return frames.place() == MllpFrames.Place.INSIDE ? tooLate() : SILENT;
    } catch (SocketException e) {
      if (socket.isClosed()) {
        throw e;
      }
      // The sender broke off; what it left behind is judged like any other rest.
      return ENDED;
    } finally {
      taken += System.nanoTime() - start;
    }
  }

  private int tooLate() {
    log.warn("{} has not finished within {} what it began", this, patience.frame());
    return ENDED;
  }

  private int timeout(long left) {
    Duration wait =
        switch (frames.place()) {
          case BETWEEN_FRAMES -> Duration.ZERO;
          case INSIDE -> patience.frame();
          case BEHIND_END -> patience.endOfBlock();
          case OUTSIDE -> patience.silence();
        };
    return wait.isZero() ? 0 : (int) Math.max(1, Math.min(wait.toMillis(), left / 1_000_000 + 1));
  }

  private void settle(MllpBlock block, boolean answered) throws IOException {
    taken = 0;
    if (block.kind() != MllpBlock.Kind.FRAME) {
      log.warn("{} sent {}: {} bytes kept", this, block.kind(), block.content().length);
    }
    byte[] answer = answers.to(block);
    frames.release();
    if (answered && answer.length > 0) {
      write(answer);
      progress.reached(Progress.Step.ACK_SENT);
    }
    mark(false);
  }

  private void write(byte[] answer) throws IOException {
    byte[] frame = new byte[answer.length + 3];
    frame[0] = MllpFrames.START;
    System.arraycopy(answer, 0, frame, 1, answer.length);
    frame[answer.length + 1] = MllpFrames.END;
    frame[answer.length + 2] = MllpFrames.CR;
    OutputStream out = socket.getOutputStream();
    mark(true);
    out.write(frame);
    out.flush();
  }

  /**
   * Lets the sender read the last answer: to close a socket that holds unread bytes resets the
   * connection, and the answer could be lost with it.
   */
  private void farewell() throws IOException {
    socket.shutdownOutput();
    InputStream in = socket.getInputStream();
    long end = System.nanoTime() + FAREWELL.toNanos();
    socket.setSoTimeout((int) FAREWELL.toMillis());
    while (System.nanoTime() < end && in.read(chunk) >= 0) {
      // What a stopping listener does not take is not acknowledged, and will be sent again.
    }
  }

  /** Between frames, a stopping listener waits for nothing more. */
  private synchronized boolean goesOn() {
    busy = frames.place() != MllpFrames.Place.BETWEEN_FRAMES;
    return busy || !stopping;
  }

  private synchronized void occupied() throws SocketException {
    if (socket.isClosed()) {
      throw new SocketException("Closed");
    }
    busy = true;
  }

  private synchronized void mark(boolean toWrite) {
    writing = toWrite;
    since = System.nanoTime();
  }

  private synchronized boolean isStopping() {
    return stopping;
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

  /** Closes the connection of a sender that does not read its answers. */
  synchronized void closeIfStuck() {
    if (writing && System.nanoTime() - since > patience.answer().toNanos()) {
      log.warn("{} does not read its acknowledgements: closed", this);
      close();
    }
  }

  /** Ends the connection with the message that is under way; at once where there is none. */
  synchronized void stop() {
    stopping = true;
    closeIfIdle();
  }

  /** Closes the connection, whatever is under way. */
  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("Closing {} failed: {}", this, e.getClass().getSimpleName());
    }
  }

  /** The sender's address. */
  @Override
  public String toString() {
    return String.valueOf(socket.getRemoteSocketAddress());
  }
}
