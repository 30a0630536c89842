package dev.kiln.routes.edge;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The memory that the frames of all connections share. Who wants more than there is waits, and its
 * sender with it, since nothing is read meanwhile. Memory is given only where the frame that holds
 * most could still grow to the largest size afterwards: so one frame can always be finished, and
 * frames that have all come half way never wait for each other.
 */
public final class FrameMemory {

  private final long frame;
  private final Map<Object, Long> held = new IdentityHashMap<>();
  private long free;
  private boolean closed;

  /**
   * @param total bytes for all frames together
   * @param frame bytes that the largest frame may need, not more than the total
   */
  public FrameMemory(long total, long frame) {
    this.free = total;
    this.frame = frame;
  }

  /**
   * Waits until the holder may use so many bytes more.
   *
   * @throws IOException where the listener is stopped meanwhile
   */
  public synchronized void claim(Object holder, int bytes) throws IOException {
    while (!closed && !isSafe(holder, bytes)) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
    if (closed) {
      throw new IOException("The listener stops");
    }
    held.merge(holder, (long) bytes, Long::sum);
    free -= bytes;
  }

  private boolean isSafe(Object holder, int bytes) {
    long most = held.getOrDefault(holder, 0L) + bytes;
    for (long other : held.values()) {
      most = Math.max(most, other);
    }
    return free >= bytes && free - bytes + most >= frame;
  }

  /** Gives back all that the holder has. */
  public synchronized void release(Object holder) {
    Long bytes = held.remove(holder);
    if (bytes != null) {
      free += bytes;
      notifyAll();
    }
  }

  /** Sends away all who wait. */
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
