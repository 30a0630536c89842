package dev.kiln.routes.hl7v2.trial;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.SiteControl;
import dev.kiln.routes.hl7v2.site.SiteFolder;
import java.util.List;

/** The profiles of those who send HL7 v2. */
public final class Hl7v2Sites implements SiteControl {

  private final SiteFolder folder;
  private final Hl7v2Trial trial;

  public Hl7v2Sites(SiteFolder folder, Hl7v2Trial trial) {
    this.folder = folder;
    this.trial = trial;
  }

  @Override
  public List<Profile> profiles() {
    return List.copyOf(folder.told());
  }

  @Override
  public Trial tryOut(String name, String text, List<MessageId> messages) {
    return trial.of(name, text, messages);
  }

  @Override
  public void check(String name, String text) {
    folder.proposed(name, text);
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
