package dev.kiln.routes.hl7v2;

import dev.kiln.routes.control.SiteControl;
import dev.kiln.routes.hl7v2.site.SiteFolder;
import java.util.List;

/** The profiles of those who send HL7 v2. */
final class Hl7v2Sites implements SiteControl {

  private final SiteFolder folder;

  Hl7v2Sites(SiteFolder folder) {
    this.folder = folder;
  }

  @Override
  public List<Profile> profiles() {
    return List.copyOf(folder.told());
  }

  @Override
  public Profile save(String name, String text) {
    return folder.save(name, text);
  }

  @Override
  public void remove(String name) {
    folder.remove(name);
  }
}
