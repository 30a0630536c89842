package dev.kiln.routes.control;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.InboxControl.Result;
import java.util.List;
import java.util.NoSuchElementException;

/** Brings kept messages back, and says first what would come of it. */
public interface MessageReplay {

  /**
   * What a replay would change at this moment. Nothing is written. What other messages that are
   * replayed before it would change is not reckoned in.
   *
   * @throws NoSuchElementException where there is no such message
   */
  Preview preview(MessageId message);

  /**
   * Puts all messages that are meant back in the order in which they first came, so that each goes
   * through its lanes behind those that came before it.
   *
   * @param after the {@code next} of the call before; 0 to begin
   * @param most so many at once
   */
  Batch replay(MessageArchive.Query wanted, long after, int most);

  /**
   * @param refusal why it would be refused or could not be translated; empty where it could be
   * @param detail of that, in words that may quote the message
   * @param warnings of the translator
   * @param unread fields that nobody reads
   * @param kept what the message says and the store would not take, and why, as {@code
   *     Patient.name: stale, a newer message has told it}
   */
  record Preview(
      String refusal,
      String detail,
      List<String> warnings,
      List<String> unread,
      List<String> kept,
      List<Change> changes) {}

  /**
   * @param reference of a resource, {@code Patient/17}
   * @param version that is stored; empty where the resource would come into being
   * @param elements empty where it would stay as it is
   */
  record Change(String reference, String version, List<Element> elements) {}

  /**
   * @param before null where nothing stands there
   * @param after null where nothing would
   * @param field of the message; empty where it is filled in or left out
   */
  record Element(String path, String before, String after, String field) {}

  /**
   * @param next where the next call goes on; 0 where these were all
   */
  record Batch(List<One> messages, long next) {}

  /**
   * @param result null where it was left as it is: it waits already, or its sender has sent it
   *     again since
   */
  record One(MessageId message, Result result) {}
}
