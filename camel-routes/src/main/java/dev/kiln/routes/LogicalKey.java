package dev.kiln.routes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Turns what identifies a fact in the world into the id of its resource: the same key, the same id,
 * for ever.
 */
public final class LogicalKey {

  /** Kiln's own name space; changing it would double every fact that is told again. */
  private static final UUID NAMESPACE = UUID.fromString("6d0c1a52-6b1f-5d0c-9b39-5a1c1f0d7e11");

  private LogicalKey() {}

  /**
   * A version 5 UUID (RFC 9562 section 5.5) of the parts.
   *
   * @param parts for example resource type, identifier system, identifier value; their order
   *     matters
   */
  public static String id(String... parts) {
    MessageDigest sha1 = sha1();
    sha1.update(bytes(NAMESPACE));
    for (String part : parts) {
      byte[] text = part.getBytes(StandardCharsets.UTF_8);
      // The length goes first, so that ("a", "bc") and ("ab", "c") differ.
      sha1.update(ByteBuffer.allocate(4).putInt(text.length).array());
      sha1.update(text);
    }
    ByteBuffer digest = ByteBuffer.wrap(sha1.digest());
    long high = digest.getLong() & 0xffffffffffff0fffL | 0x5000L;
    long low = digest.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
  }
}
