package dev.kiln.routes.inbox.seal;

import dev.kiln.routes.settings.WrongKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * The file of the keys that seal messages: a line for each, its number and 32 bytes in Base64. The
 * one with the highest number seals; the others open what they have sealed.
 */
record KeyFile(Path path) {

  private static final int BYTES = 32;
  private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,5}) +([A-Za-z0-9+/]{43}=)");

  boolean isThere() {
    return Files.exists(path);
  }

  /**
   * Written aside and moved, so that no crash leaves half a key behind; on the disk before anything
   * is sealed with it.
   */
  void make(int number) {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Path file = path.toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      Path aside = Files.createTempFile(file.getParent(), "key", "", ownerOnly());
      try {
        Files.writeString(aside, number + " " + Base64.getEncoder().encodeToString(key) + "\n");
        force(aside, StandardOpenOption.WRITE);
        if (Files.exists(file)) {
          throw new FileAlreadyExistsException(file.toString());
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        if (isPosix()) {
          force(file.getParent(), StandardOpenOption.READ);
        }
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw new WrongKey("The key file " + path + " cannot be made.");
    }
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /**
   * The keys by their numbers.
   *
   * @throws WrongKey where the file cannot be used
   */
  TreeMap<Integer, SecretKeySpec> keys() {
    TreeMap<Integer, SecretKeySpec> keys = new TreeMap<>();
    int number = 0;
    for (String line : lines()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      Matcher key = LINE.matcher(line.strip());
      if (!key.matches()) {
        // The line itself may be a key that somebody has mistyped.
        throw new WrongKey(
            "Line "
                + number
                + " of the key file "
                + path
                + " is not a number, a space and 32 bytes in Base64.");
      }
      byte[] bytes = Base64.getDecoder().decode(key.group(2));
      if (keys.put(Integer.valueOf(key.group(1)), new SecretKeySpec(bytes, "AES")) != null) {
        throw new WrongKey("The key file " + path + " has two keys " + key.group(1) + ".");
      }
    }
    if (keys.isEmpty()) {
      throw new WrongKey("The key file " + path + " is empty.");
    }
    return keys;
  }

  private List<String> lines() {
    try {
      refuseOthers();
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new WrongKey("The key file " + path + " cannot be read.");
    }
  }

  private FileAttribute<?>[] ownerOnly() {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private void refuseOthers() throws IOException {
    if (!isPosix()) {
      return;
    }
    Set<PosixFilePermission> open = Files.getPosixFilePermissions(path);
    open.remove(PosixFilePermission.OWNER_READ);
    open.remove(PosixFilePermission.OWNER_WRITE);
    if (!open.isEmpty()) {
      throw new WrongKey(
          "The key file " + path + " is open to others than its owner; chmod 600 it.");
    }
  }

  private boolean isPosix() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
