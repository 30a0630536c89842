package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.Progress;
import dev.kiln.routes.edge.mllp.MllpFrames.Block;
import dev.kiln.routes.edge.mllp.MllpFrames.Kind;
import dev.kiln.routes.edge.mllp.MllpFrames.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one sender. Its frames are taken in their order, and each one's acknowledgement has left
 * before the next one is looked at, so that acknowledgements come in the order of the messages.
 */
final class MllpConnection implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(MllpConnection.class);

  private final MllpSocket socket;
  private final MllpFrames frames;
  private final MllpAnswers answers;
  private final Progress progress;
  private final Patience patience;
  private final MllpMeters meters;
  private final byte[] chunk = new byte[16 << 10];

  /** Nanoseconds that the sender has taken for what it has begun. */
  private long taken;

  MllpConnection(
      MllpSocket socket,
      MllpFrames frames,
      MllpAnswers answers,
      Progress progress,
      Patience patience,
      MllpMeters meters) {
    this.socket = socket;
    this.frames = frames;
    this.answers = answers;
    this.progress = progress;
    this.patience = patience;
    this.meters = meters;
  }

  @Override
  public void run() {
    try (socket) {
      socket.prepare();
      serve();
      socket.farewell();
    } catch (IOException e) {
      log.debug("The connection of {} ended: {}", socket, e.getClass().getName());
    } catch (RuntimeException e) {
      // Its message could quote the one that was received.
      log.error("The connection of {} failed: {}", socket, e.getClass().getName());
    } finally {
      frames.close();
    }
  }

  private void serve() throws IOException {
    while (socket.goesOn(hasBegun())) {
      int count = receive();
      if (count > 0) {
        meters.bytes(count);
        if (!take(ByteBuffer.wrap(chunk, 0, count))) {
          return;
        }
      } else {
        Optional<Block> rest = frames.rest();
        if (rest.isPresent()) {
          // A fragment gets no answer, since a refusal is for ever: its sender shall try again.
          settle(rest.get(), rest.get().kind() != Kind.FRAGMENT);
        }
        if (count == MllpSocket.ENDED) {
          return;
        }
      }
    }
  }

  /** Settles what has been read; returns false where the listener stops and no more is taken. */
  private boolean take(ByteBuffer read) throws IOException {
    for (Optional<Block> block = frames.next(read); block.isPresent(); block = frames.next(read)) {
      // What stood before a frame gets no answer: it would be taken for that of the frame.
      Kind kind = block.get().kind();
      settle(block.get(), kind == Kind.FRAME || kind == Kind.FRAME_TOO_LARGE);
      if (socket.isStopping()) {
        return false;
      }
    }
    return true;
  }

  private boolean hasBegun() {
    return frames.place() != Place.BETWEEN_FRAMES;
  }

  /** Reads into the chunk, and ends where the sender takes too long for what it has begun. */
  private int receive() throws IOException {
    if (!hasBegun()) {
      taken = 0;
      return socket.read(chunk, Duration.ZERO);
    }
    Duration left = patience.frame().minusNanos(taken);
    long start = System.nanoTime();
    int count =
        left.isNegative() || left.isZero() ? MllpSocket.SILENT : socket.read(chunk, wait(left));
    taken += System.nanoTime() - start;
    boolean late = frames.place() == Place.INSIDE || taken >= patience.frame().toNanos();
    if (count == MllpSocket.SILENT && late) {
      log.warn("{} has not finished within {} what it began", socket, patience.frame());
      return MllpSocket.ENDED;
    }
    return count;
  }

  private Duration wait(Duration left) {
    Duration wait =
        switch (frames.place()) {
          case BEHIND_END -> patience.endOfBlock();
          case OUTSIDE -> patience.silence();
          case INSIDE, BETWEEN_FRAMES -> left;
        };
    return wait.compareTo(left) < 0 ? wait : left;
  }

  private void settle(Block block, boolean answered) throws IOException {
    taken = 0;
    if (block.kind() != Kind.FRAME) {
      log.warn("{} sent {}: {} bytes kept", socket, block.kind(), block.content().length);
    }
    byte[] answer = answers.to(block);
    frames.release();
    if (answered && answer.length > 0) {
      socket.write(answer);
      progress.reached(Progress.Step.ACK_SENT);
    }
    socket.done();
  }
}
