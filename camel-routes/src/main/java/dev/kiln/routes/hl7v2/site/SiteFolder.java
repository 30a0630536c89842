package dev.kiln.routes.hl7v2.site;

import dev.kiln.routes.control.SiteControl.Profile;
import dev.kiln.routes.settings.WrongSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of the profiles, and what holds of them at this moment. It is read once; afterwards
 * only what is saved or removed here changes what holds, so that a file in which somebody is still
 * writing, or has written something wrong, takes no interface down.
 */
public final class SiteFolder {

  private static final String ENDING = ".yaml";
  private static final int MOST_BYTES = 256 * 1024;

  /** Without dots and slashes, so that a name never leads out of the folder. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** Both change together. */
  private record State(SiteProfiles profiles, Map<String, Profile> told) {

    State with(String name, SiteProfile profile, Profile saved, String file) {
      Map<String, Profile> all = new TreeMap<>(told);
      all.put(name, saved);
      return new State(profiles.with(name, profile, file), all);
    }

    State without(String name) {
      Map<String, Profile> others = new TreeMap<>(told);
      others.remove(name);
      return new State(profiles.without(name), others);
    }
  }

  private final Path folder;
  private volatile State state = new State(SiteProfiles.none(), Map.of());

  /**
   * @param folder may be one file; then nothing can be saved
   * @throws WrongSite naming file and line, for a file that is wrong and for two that are for the
   *     same sender
   */
  public SiteFolder(Path folder) {
    this.folder = folder;
    files(folder).forEach(this::read);
  }

  private static List<Path> files(Path folder) {
    if (Files.isRegularFile(folder)) {
      return List.of(folder);
    }
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Path file) {
    SiteProfileText text = SiteProfileText.in(file);
    SiteProfile profile = text.read();
    String bare = file.getFileName().toString();
    String name = bare.endsWith(ENDING) ? bare.substring(0, bare.length() - ENDING.length()) : bare;
    try {
      Profile told = told(name, text.text(), profile, Files.getLastModifiedTime(file).toInstant());
      state = state.with(name, profile, told, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Profile told(String name, String text, SiteProfile profile, Instant changed) {
    return new Profile(name, text, profile.application(), profile.facility(), changed);
  }

  /** What holds at this moment. A message is read with what this hands out once. */
  public SiteProfiles profiles() {
    return state.profiles();
  }

  public Collection<Profile> told() {
    return new ArrayList<>(state.told().values());
  }

  /**
   * What would hold if the text were saved. Nothing is written.
   *
   * @throws WrongSite as {@link #save}
   */
  public SiteProfiles proposed(String name, String text) {
    return state.profiles().with(checked(name), profile(text), "");
  }

  /**
   * @throws IllegalArgumentException where that is no name
   * @throws WrongSite naming the line, for a text that is wrong, and naming both, where another
   *     profile is for the same sender
   */
  public synchronized Profile save(String name, String text) {
    SiteProfile profile = profile(text);
    Profile saved = told(checked(name), text, profile, Instant.now());
    State next = state.with(name, profile, saved, "");
    try {
      Files.createDirectories(folder);
      keep(name);
      Path aside = folder.resolve("." + name + ".tmp");
      write(aside, text);
      Files.move(aside, file(name), StandardCopyOption.ATOMIC_MOVE);
      force(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The profile cannot be written", e);
    }
    state = next;
    return saved;
  }

  /**
   * @throws NoSuchElementException where there is none of that name
   */
  public synchronized void remove(String name) {
    if (!state.told().containsKey(checked(name))) {
      throw new NoSuchElementException("There is no profile " + name);
    }
    try {
      if (Files.exists(file(name))) {
        keep(name);
        Files.delete(file(name));
        force(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The profile cannot be removed", e);
    }
    state = state.without(name);
  }

  private static SiteProfile profile(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new WrongSite("", 1, "the profile is larger than 256 KB");
    }
    return new SiteProfileText("", text).read();
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A profile's name has small letters, digits and dashes, 40 at most");
    }
    return name;
  }

  private Path file(String name) {
    return folder.resolve(name + ENDING);
  }

  /** The file as it is, which somebody may have changed by hand, stays in the history. */
  private void keep(String name) throws IOException {
    if (Files.exists(file(name))) {
      Path history = Files.createDirectories(folder.resolve("history"));
      Path before = history.resolve(name + "-" + INSTANT.format(Instant.now()) + ENDING);
      Files.copy(file(name), before);
      force(before);
      force(history);
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** A new name in a folder outlives a power failure only when the folder is written too. */
  private static void force(Path written) throws IOException {
    try (FileChannel channel = FileChannel.open(written, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
