package dev.kiln.routes.control;

import dev.kiln.routes.RoutesSettings.WrongSite;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;

/** The site profiles of a running hub, which say what is peculiar to a sender. */
public interface SiteControl {

  /**
   * @param name of its file, without the ending
   * @param text as it stands in the file, in YAML
   * @param application of the messages that it is for; null for any
   * @param facility of the messages that it is for; null for any
   */
  record Profile(String name, String text, String application, String facility, Instant changed) {}

  /** All that hold, in the order of their names. */
  List<Profile> profiles();

  /**
   * Saves a profile, which holds for all messages that are read from then on. The version before is
   * kept in the folder {@code history}. Where it is refused, all stays as it was.
   *
   * @throws IllegalArgumentException where that is no name
   * @throws WrongSite naming the line, for a text that is wrong, and naming both, where another
   *     profile is for the same sender
   */
  Profile save(String name, String text);

  /**
   * Removes a profile; its last version is kept in the folder {@code history}.
   *
   * @throws NoSuchElementException where there is none of that name
   */
  void remove(String name);
}
