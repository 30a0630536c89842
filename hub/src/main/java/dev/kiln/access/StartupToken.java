package dev.kiln.access;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.kiln.fhir.access.Caller;
import dev.kiln.fhir.access.Permission;
import dev.kiln.fhir.access.Permission.Interaction;
import dev.kiln.fhir.access.Permission.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The one secret that opens the API. It is made at the first start and lies in a file that only its
 * owner reads.
 */
public final class StartupToken {

  /** Whoever has it is the operator, and acts for nobody else. */
  static final Caller CALLER =
      new Caller(
          "start-up token",
          "start-up token",
          null,
          Set.of(new Permission(Level.SYSTEM, "*", EnumSet.allOf(Interaction.class), List.of())),
          null,
          true);

  private static final int LEAST_LENGTH = 20;

  private final byte[] token;

  private StartupToken(byte[] token) {
    this.token = token;
  }

  /**
   * Reads the token, or makes the file with a fresh one of 256 random bits.
   *
   * @throws IllegalStateException where the file holds something too short to be a secret
   */
  public static StartupToken in(Path file) {
    try {
      if (Files.notExists(file)) {
        create(file);
      }
      byte[] token = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
      if (token.length < LEAST_LENGTH) {
        throw new IllegalStateException(
            "The token in "
                + file
                + " (kiln.token-file) is shorter than "
                + LEAST_LENGTH
                + " characters; delete the file and Kiln makes a new one.");
      }
      return new StartupToken(token);
    } catch (IOException e) {
      throw new UncheckedIOException("The token file " + file + " cannot be read or made", e);
    }
  }

  /** Compares in a time that does not depend on where the first difference is. */
  boolean matches(String given) {
    return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
  }

  private static void create(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String fresh = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    // The mode is given with the creation, so that there is no moment in which others can read it.
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(CREATE_NEW, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap((fresh + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }
}
