package dev.kiln.routes.control;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.settings.WrongSite;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

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
   * Reads kept messages as they are read now, and as they would be if the text were saved. Nothing
   * is written and nobody is answered.
   *
   * @param messages to be read; where there are none, the latest of the sender whom the profile is
   *     for
   * @throws IllegalArgumentException where that is no name, or a message is in another format
   * @throws WrongSite as {@link #save}
   * @throws NoSuchElementException where there is no such message
   */
  Trial tryOut(String name, String text, List<MessageId> messages);

  /**
   * @param said what the profiles themselves say that a value becomes; no message says it
   */
  record Trial(List<Tried> messages, Set<String> said) {}

  /**
   * @param before why it is refused as it is read now; empty where it is accepted
   * @param after why it would be refused; empty where it would be accepted
   * @param more how many further elements differ
   */
  record Tried(
      MessageId message,
      String controlId,
      String before,
      String after,
      List<Element> elements,
      int more) {}

  /**
   * @param resource which one of those that the message becomes, {@code Patient[1]}, or {@code
   *     message} for its source and time
   * @param before null where nothing stands there
   * @param after null where nothing would
   */
  record Element(String resource, String path, Value before, Value after) {}

  /**
   * @param field of the message that it comes from; empty where it is filled in
   */
  record Value(String text, String field) {}

  /**
   * Says whether it could be saved.
   *
   * @throws IllegalArgumentException as {@link #save}
   * @throws WrongSite as {@link #save}
   */
  void check(String name, String text);

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
