package dev.kiln.routes.inbox.seal;

import dev.kiln.routes.MessageId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a message says (AES-256-GCM) and opens it again. Sealed bytes can be opened only as
 * the same part of the same message, so that nobody who can write rows may pass one message off as
 * another. They begin with a nonce of their own.
 */
public final class MessageSeal {

  /** The key number of bytes that an earlier release has written as they are. */
  public static final int PLAIN = 0;

  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final TreeMap<Integer, SecretKeySpec> keys;
  private final SecretKeySpec digestKey;

  /**
   * @param keys by their numbers; the highest seals
   * @param digestKey by which the same bytes are found again
   */
  MessageSeal(TreeMap<Integer, SecretKeySpec> keys, byte[] digestKey) {
    this.keys = keys;
    this.digestKey = new SecretKeySpec(digestKey, "HmacSHA256");
  }

  /** What is sealed of a message. */
  public enum Part {
    RAW,
    DETAIL
  }

  /**
   * Sealed bytes, or plain ones of an earlier release.
   *
   * @param key the number of the key; {@link #PLAIN} for plain ones
   */
  public record Sealed(int key, byte[] bytes) {}

  public Sealed seal(MessageId message, Part part, byte[] plain) {
    int key = keys.lastKey();
    return new Sealed(key, seal(keys.get(key), about(message, part, key), plain));
  }

  /**
   * The detail of a message; of none, none.
   *
   * @param detail may be null
   */
  public Sealed seal(MessageId message, String detail) {
    return detail == null
        ? new Sealed(PLAIN, null)
        : seal(message, Part.DETAIL, detail.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws SealBroken where they cannot be opened, or not as this
   */
  public byte[] open(MessageId message, Part part, Sealed sealed) {
    if (sealed.key() == PLAIN) {
      return sealed.bytes();
    }
    SecretKeySpec key = keys.get(sealed.key());
    if (key == null) {
      throw new SealBroken("The message is sealed with key " + sealed.key() + ", which is lost");
    }
    return open(key, about(message, part, sealed.key()), sealed.bytes());
  }

  /**
   * By what the same bytes are found again. With a key, so that nobody who has the database alone
   * can find out whether a message that he thinks of is in it.
   */
  public byte[] digest(byte[] raw) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(digestKey);
      return mac.doFinal(raw);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  /** By what earlier releases found the same bytes again. */
  public static byte[] plainDigest(byte[] raw) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(raw);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String about(MessageId message, Part part, int key) {
    return part + " of message " + message + " with key " + key;
  }

  static byte[] seal(SecretKeySpec key, String about, byte[] plain) {
    byte[] sealed = new byte[NONCE + plain.length + TAG];
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    System.arraycopy(nonce, 0, sealed, 0, NONCE);
    try {
      cipher(Cipher.ENCRYPT_MODE, key, nonce, about).doFinal(plain, 0, plain.length, sealed, NONCE);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-GCM", e);
    }
  }

  static byte[] open(SecretKeySpec key, String about, byte[] sealed) {
    if (sealed.length < NONCE + TAG) {
      throw new SealBroken("The sealed bytes have been cut short");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE), about)
          .doFinal(sealed, NONCE, sealed.length - NONCE);
    } catch (GeneralSecurityException e) {
      throw new SealBroken(
          "The sealed bytes have been changed, or belong to another message or key");
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String about)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
