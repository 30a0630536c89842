package dev.kiln.bench.hub;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * How a hub's JVM is started: as always, or with one class of the bench's own beside the jar. The
 * jar itself is the one that ships in both cases.
 *
 * @param jar all in one, or the one of an unpacked hub
 * @param options of its JVM
 * @param added jar with the class; null where there is none
 */
record Command(Path jar, List<String> options, Path added) {

  private static final String LOADER = "org.springframework.boot.loader.";

  /**
   * @param folder where the jar with the class may lie
   * @param type of the bench, compiled against what the hub has and the bench has not; so it is
   *     only named here
   */
  Command with(String type, Path folder) throws IOException {
    Path made = Files.createDirectories(folder).resolve("added.jar");
    String entry = type.replace('.', '/') + ".class";
    try (InputStream compiled = Command.class.getResourceAsStream("/" + entry);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(made))) {
      if (compiled == null) {
        throw new IOException("The bench has no class " + type);
      }
      out.putNextEntry(new JarEntry(entry));
      compiled.transferTo(out);
      out.closeEntry();
    }
    return new Command(jar, options, made);
  }

  List<String> line() throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path trained = jar.resolveSibling("java-" + Runtime.version().feature() + ".args");
    if (Files.isRegularFile(trained)) {
      line.add("@" + trained);
    }
    line.addAll(options);
    line.addAll(main());
    return line;
  }

  private List<String> main() throws IOException {
    if (added == null) {
      return List.of("-jar", jar.toString());
    }
    String main;
    try (JarFile opened = new JarFile(jar.toFile())) {
      main = opened.getManifest().getMainAttributes().getValue("Main-Class");
    }
    // All in one, the jar has a class loader of its own, which must know of the other jar.
    return main.startsWith(LOADER)
        ? List.of(
            "-Dloader.path=" + added, "-cp", jar.toString(), LOADER + "launch.PropertiesLauncher")
        : List.of("-cp", jar + File.pathSeparator + added, main);
  }
}
