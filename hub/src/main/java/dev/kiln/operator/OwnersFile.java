package dev.kiln.operator;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file that nobody but its owner can read, at no moment of its life. */
final class OwnersFile {

  private OwnersFile() {}

  /**
   * @throws java.nio.file.FileAlreadyExistsException where it is there already
   */
  static void write(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(CREATE_NEW, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
  }

  /**
   * @throws IllegalStateException where others may read or write it: what it says is nobody's
   *     secret then, or somebody else's word
   */
  static String read(Path file) throws IOException {
    if (!EnumSet.of(OWNER_READ, OWNER_WRITE).containsAll(Files.getPosixFilePermissions(file))) {
      throw new IllegalStateException(
          "Others than its owner may use the file " + file + "; change that: chmod 600 " + file);
    }
    return Files.readString(file);
  }
}
