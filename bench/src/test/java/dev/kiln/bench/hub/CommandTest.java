package dev.kiln.bench.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

  @TempDir private Path folder;

  @Test
  void withoutAnAddedClassItIsStartedAsAlways() throws IOException {
    Path jar = jar("dev.kiln.KilnApplication");
    List<String> line = new Command(jar, List.of("-Xmx2g"), null).line();
    assertThat(line).endsWith("-Xmx2g", "-jar", jar.toString());
  }

  @Test
  void whatWasTrainedIsUsed() throws IOException {
    Path trained = folder.resolve("java-" + Runtime.version().feature() + ".args");
    Files.writeString(trained, "");
    assertThat(new Command(jar("dev.kiln.KilnApplication"), List.of(), null).line())
        .contains("@" + trained);
  }

  @Test
  void anAddedClassStandsBesideAnUnpackedHub() throws IOException {
    Path jar = jar("dev.kiln.KilnApplication");
    Command command =
        new Command(jar, List.of(), null).with("dev.kiln.bench.door.SideDoor", folder);
    assertThat(command.line())
        .endsWith("-cp", jar + File.pathSeparator + command.added(), "dev.kiln.KilnApplication");
    try (JarFile added = new JarFile(command.added().toFile())) {
      assertThat(added.stream())
          .extracting(Object::toString)
          .containsExactly("dev/kiln/bench/door/SideDoor.class");
    }
  }

  @Test
  void aHubInOneFileIsToldOfIt() throws IOException {
    Path jar = jar("org.springframework.boot.loader.launch.JarLauncher");
    Command command =
        new Command(jar, List.of(), null).with("dev.kiln.bench.door.SideDoor", folder);
    assertThat(command.line())
        .endsWith(
            "-Dloader.path=" + command.added(),
            "-cp",
            jar.toString(),
            "org.springframework.boot.loader.launch.PropertiesLauncher");
  }

  @Test
  void aClassThatIsNotThereIsNamed() throws IOException {
    Command command = new Command(jar("a.Main"), List.of(), null);
    assertThatThrownBy(() -> command.with("dev.kiln.bench.None", folder))
        .hasMessageContaining("dev.kiln.bench.None");
  }

  private Path jar(String main) throws IOException {
    Path jar = folder.resolve("kiln.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
