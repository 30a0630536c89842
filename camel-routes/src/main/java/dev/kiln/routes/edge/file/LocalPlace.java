package dev.kiln.routes.edge.file;

import dev.kiln.routes.settings.FileSettings;
import dev.kiln.routes.settings.WrongListener;
import java.io.IOException;

/** A folder of this machine. */
final class LocalPlace implements Place {

  private final String name;
  private final FileSettings settings;

  LocalPlace(String name, FileSettings settings) {
    this.name = name;
    this.settings = settings;
  }

  @Override
  public String kind() {
    return "file";
  }

  @Override
  public String address() {
    return settings.folder().toString();
  }

  @Override
  public long look() {
    return Math.max(50, Math.min(1000, settings.quiet().toMillis() / 2));
  }

  @Override
  public void check() {
    try {
      reach().close();
    } catch (IOException e) {
      throw new WrongListener(e.getMessage());
    }
  }

  @Override
  public Reached reach() throws Unreachable {
    DropFolder folder = DropFolder.here(settings.folder(), settings.quiet());
    try {
      folder.prepare();
    } catch (IOException e) {
      throw new Unreachable(
          "kiln.routes.files." + name + ".folder cannot be written: " + settings.folder(), e);
    }
    return new Reached(folder, () -> {});
  }
}
