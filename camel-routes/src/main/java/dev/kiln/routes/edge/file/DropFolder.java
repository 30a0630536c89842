package dev.kiln.routes.edge.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder, and what has been dropped into it. A file is finished when it has stayed as it is for a
 * while; its content leaves by a move within the folder, which is whole or has not happened.
 */
final class DropFolder {

  private static final String ANSWER = ".ack";

  /** A partner's server can tell of files without end. */
  private static final int MOST_FILES = 100_000;

  private static final int LARGEST_ANSWER = 64 << 10;

  private final Path folder;
  private final Path done;
  private final Path failed;
  private final Duration quiet;
  private final CopyOption[] move;
  private final CopyOption replace;
  private final OpenOption[] read;
  private Map<Path, Seen> seen = new HashMap<>();

  /** How a file looked, and since when it has looked so. */
  private record Seen(long size, FileTime modified, long since) {

    boolean looksLike(Seen other) {
      return size == other.size && modified.equals(other.modified);
    }
  }

  private DropFolder(
      Path folder, Duration quiet, CopyOption[] move, CopyOption replace, OpenOption[] read) {
    this.folder = folder;
    this.done = folder.resolve("done");
    this.failed = folder.resolve("failed");
    this.quiet = quiet;
    this.move = move;
    this.replace = replace;
    this.read = read;
  }

  /** One of this machine. */
  static DropFolder here(Path folder, Duration quiet) {
    return new DropFolder(
        folder,
        quiet,
        new CopyOption[] {StandardCopyOption.ATOMIC_MOVE},
        StandardCopyOption.ATOMIC_MOVE,
        new OpenOption[] {LinkOption.NOFOLLOW_LINKS});
  }

  /**
   * One on an SFTP server. The protocol has no words for these options; its rename is one step, and
   * fails where the name is taken, so that to replace a file is to delete it first.
   */
  static DropFolder there(Path folder, Duration quiet) {
    return new DropFolder(
        folder, quiet, new CopyOption[0], StandardCopyOption.REPLACE_EXISTING, new OpenOption[0]);
  }

  /** Makes the folder, and those within it, where there are none. */
  void prepare() throws IOException {
    Files.createDirectories(done);
    Files.createDirectories(failed);
    Files.delete(Files.createTempFile(done, ".kiln", ""));
  }

  /** The files that are finished, the one that was written first before the others. */
  List<Path> finished() throws IOException {
    long now = System.nanoTime();
    Map<Path, Seen> present = new HashMap<>();
    List<Path> finished = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.filter(DropFolder::isDropped)::iterator) {
        look(file, now, present);
        if (present.size() > MOST_FILES) {
          throw new IOException("The folder has too many files");
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    present.forEach(
        (file, how) -> {
          if (now - how.since() >= quiet.toNanos()) {
            finished.add(file);
          }
        });
    seen = present;
    finished.sort(
        Comparator.<Path, FileTime>comparing(file -> present.get(file).modified())
            .thenComparing(file -> file.getFileName().toString()));
    return finished;
  }

  /** Whether the last look has found nothing, be it finished or not. */
  boolean isEmpty() {
    return seen.isEmpty();
  }

  private void look(Path file, long now, Map<Path, Seen> present) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    // What a link leads to is not in the folder, and what is empty has not been written yet.
    if (!attributes.isRegularFile() || attributes.size() == 0) {
      return;
    }
    Seen is = new Seen(attributes.size(), attributes.lastModifiedTime(), now);
    Seen was = seen.get(file);
    present.put(file, was != null && was.looksLike(is) ? was : is);
  }

  /** Senders write under such names until they have finished. */
  private static boolean isDropped(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && !name.endsWith(".tmp") && !name.endsWith(".part");
  }

  /** The beginning of a file, as far as to the limit and one byte beyond it. */
  byte[] read(Path file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file, read)) {
      return in.readNBytes(limit + 1);
    }
  }

  /** Whether the file is still the one that was found finished. */
  boolean isUnchanged(Path file) throws IOException {
    Map<Path, Seen> now = new HashMap<>();
    look(file, System.nanoTime(), now);
    return now.containsKey(file) && now.get(file).looksLike(seen.get(file));
  }

  /**
   * Writes the answer and takes the file away. The answer comes first: where a crash is between the
   * two, the file is taken in again, and its messages are known.
   */
  void settle(Path file, byte[] answer, boolean isAccepted) throws IOException {
    String name = freeName(file.getFileName().toString());
    if (answer.length > 0) {
      Path written = Files.createTempFile(done, ".kiln", ANSWER);
      Files.write(written, answer);
      // One that an earlier try has left is that of the same file.
      Files.move(written, done.resolve(name + ANSWER), replace);
    }
    Path place = isAccepted ? done : failed;
    Files.move(file, place.resolve(name), move);
  }

  /** Puts a file in as a careful sender does: under a name that nobody reads, then by a move. */
  void drop(String name, byte[] content) throws IOException {
    Path hidden = Files.write(folder.resolve("." + name), content);
    Files.move(hidden, folder.resolve(name), move);
  }

  /** What a file of that name was answered, when it has been taken away; empty before. */
  Optional<byte[]> answer(String name) throws IOException {
    Path answer = done.resolve(name + ANSWER);
    boolean isSettled = exists(done, name) || exists(failed, name);
    return isSettled && Files.exists(answer) ? Optional.of(beginning(answer)) : Optional.empty();
  }

  /** It lies at a partner's, who may have put another one there. */
  private static byte[] beginning(Path answer) throws IOException {
    try (InputStream in = Files.newInputStream(answer)) {
      return in.readNBytes(LARGEST_ANSWER);
    }
  }

  /** Removes a file and its answer, wherever they are. */
  void forget(String name) throws IOException {
    for (Path place : List.of(folder, done, failed)) {
      Files.deleteIfExists(place.resolve(name));
    }
    Files.deleteIfExists(folder.resolve("." + name));
    Files.deleteIfExists(done.resolve(name + ANSWER));
  }

  /** How long a file must have stayed as it is. */
  Duration quiet() {
    return quiet;
  }

  /** A name may come again, with other messages. */
  private String freeName(String name) {
    String free = name;
    for (int number = 2; exists(done, free) || exists(failed, free); number++) {
      free = name + "." + number;
    }
    return free;
  }

  private static boolean exists(Path place, String name) {
    return Files.exists(place.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }
}
