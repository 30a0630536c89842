package dev.kiln.routes.edge;

import java.io.IOException;
import java.util.Arrays;

/** The content of one frame as it grows; what is beyond the limit is counted and not kept. */
public final class FrameBytes {

  /** What every connection has for itself, so that small messages never wait for large ones. */
  private static final int OWN = 16 << 10;

  private final FrameMemory memory;
  private final int limit;
  private byte[] bytes;
  private int kept;
  private long total;

  /**
   * @param memory where it claims, in its own name, what it needs beyond the first bytes
   * @param limit most bytes that are kept
   */
  public FrameBytes(FrameMemory memory, int limit) {
    this.memory = memory;
    this.limit = limit;
    this.bytes = new byte[Math.min(OWN, limit)];
  }

  /**
   * @throws IOException where the listener is stopped while this waits for memory
   */
  public void add(byte next) throws IOException {
    total++;
    if (kept == limit) {
      return;
    }
    if (kept == bytes.length) {
      int larger = (int) Math.min(limit, bytes.length * 2L);
      memory.claim(this, larger - bytes.length);
      bytes = Arrays.copyOf(bytes, larger);
    }
    bytes[kept++] = next;
  }

  /** Takes the last bytes away again. */
  public void cut(int count) {
    total -= count;
    kept = (int) Math.min(kept, total);
  }

  public boolean isEmpty() {
    return total == 0;
  }

  public boolean isTooLarge() {
    return total > limit;
  }

  /** The bytes that were kept; nothing can be added afterwards. */
  public byte[] content() {
    byte[] content = kept == bytes.length ? bytes : Arrays.copyOf(bytes, kept);
    bytes = null;
    return content;
  }

  /** Gives back what was claimed, when the content is needed no more. */
  public void release() {
    memory.release(this);
  }
}
