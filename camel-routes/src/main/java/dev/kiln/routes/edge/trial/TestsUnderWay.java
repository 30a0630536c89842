package dev.kiln.routes.edge.trial;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The test messages that are under way to one listener. They are no sign of life of a partner's, so
 * that they do not count as its last message.
 */
public final class TestsUnderWay {

  private final Set<ByteBuffer> messages = ConcurrentHashMap.newKeySet();

  public void begin(byte[] message) {
    messages.add(ByteBuffer.wrap(message));
  }

  public void end(byte[] message) {
    messages.remove(ByteBuffer.wrap(message));
  }

  /** Whether what came is one of them. */
  public boolean has(byte[] raw) {
    return !messages.isEmpty() && messages.contains(ByteBuffer.wrap(raw));
  }
}
