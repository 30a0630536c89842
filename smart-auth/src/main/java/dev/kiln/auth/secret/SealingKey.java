package dev.kiln.auth.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that lies beside the database and not in it. Whoever steals the database alone can
 * neither read what it seals (AES-256-GCM) nor sign in its name (HMAC-SHA-256).
 */
public final class SealingKey {

  private static final int BYTES = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec sealing;
  private final SecretKeySpec signing;

  private SealingKey(byte[] key) {
    // A key for each purpose, so that what one yields tells nothing of the other.
    sealing = new SecretKeySpec(hmac(new SecretKeySpec(key, "HmacSHA256"), "seal"), "AES");
    signing = new SecretKeySpec(hmac(new SecretKeySpec(key, "HmacSHA256"), "sign"), "HmacSHA256");
  }

  /**
   * @throws IllegalArgumentException where it is not 32 bytes in Base64
   */
  public static SealingKey of(String base64) {
    byte[] key = Base64.getMimeDecoder().decode(base64.trim());
    if (key.length != BYTES) {
      throw new IllegalArgumentException("The sealing key must be 32 bytes in Base64.");
    }
    return new SealingKey(key);
  }

  /**
   * Reads the file, or makes it where there is none.
   *
   * @throws IllegalStateException where others than its owner may read it
   */
  public static SealingKey in(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file.toAbsolutePath());
      }
      refuseOthers(file);
      return of(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalStateException("The key file " + file + " cannot be read or made.", e);
    }
  }

  /** Written aside and moved, so that no crash leaves half a key behind. */
  private static void make(Path file) throws IOException {
    byte[] key = new byte[BYTES];
    RANDOM.nextBytes(key);
    Files.createDirectories(file.getParent());
    Path aside = Files.createTempFile(file.getParent(), "key", "", ownerOnly(file));
    try {
      Files.writeString(aside, Base64.getEncoder().encodeToString(key) + "\n");
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void refuseOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
    open.remove(PosixFilePermission.OWNER_READ);
    open.remove(PosixFilePermission.OWNER_WRITE);
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          "The key file " + file + " is open to others than its owner; chmod 600 it.");
    }
  }

  /**
   * @param about what the text belongs to; it can be opened only as that one's, so that nobody who
   *     can write rows may pass one account's secret off as another's
   */
  public byte[] seal(String text, String about) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, about);
      byte[] closed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(NONCE + closed.length).put(nonce).put(closed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Empty where another key has sealed it, or for another one. */
  public Optional<String> open(byte[] closed, String about) {
    try {
      byte[] nonce = Arrays.copyOf(closed, NONCE);
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, nonce, about).doFinal(closed, NONCE, closed.length - NONCE);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public byte[] sign(String text) {
    return hmac(signing, text);
  }

  private Cipher cipher(int mode, byte[] nonce, String about) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
