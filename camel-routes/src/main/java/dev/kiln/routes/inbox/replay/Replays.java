package dev.kiln.routes.inbox.replay;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.InboxControl;
import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.control.MessageArchive.Arrival;
import dev.kiln.routes.control.MessageArchive.Whole;
import dev.kiln.routes.control.MessageReplay;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Translation;
import dev.kiln.routes.sink.Sink;
import dev.kiln.routes.sink.Sink.Delivery;
import dev.kiln.routes.sink.Sink.Rehearsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks format and sink what they would make of a message, as a worker would. */
public final class Replays implements MessageReplay {

  private final MessageArchive archive;
  private final InboxControl inbox;
  private final Map<String, MessageFormat> formats;
  private final Sink sink;

  public Replays(
      MessageArchive archive, InboxControl inbox, List<MessageFormat> formats, Sink sink) {
    this.archive = archive;
    this.inbox = inbox;
    this.formats =
        formats.stream().collect(Collectors.toMap(MessageFormat::name, Function.identity()));
    this.sink = sink;
  }

  @Override
  public Preview preview(MessageId id) {
    Whole message =
        archive.read(id).orElseThrow(() -> new NoSuchElementException("There is no message " + id));
    MessageFormat format = formats.get(message.entry().format());
    Receipt receipt = format.judge(message.raw());
    if (!receipt.isAccepted()) {
      return refused(receipt.refusal().reason().name(), receipt.refusal().detail());
    }
    Translation translation;
    try {
      translation = format.translate(message.raw());
    } catch (RuntimeException | StackOverflowError e) {
      // As a worker would make it a dead letter.
      return refused("UNTRANSLATABLE", Objects.requireNonNullElse(e.getMessage(), ""));
    }
    Rehearsed rehearsed =
        sink.rehearse(
            new Delivery(
                id, message.runs() + 1, message.entry().sender(), message.entry().received()),
            translation.statement());
    return new Preview(
        "",
        "",
        translation.warnings(),
        translation.unread(),
        rehearsed.outcome().warnings(),
        rehearsed.changes());
  }

  private static Preview refused(String reason, String detail) {
    return new Preview(reason, detail, List.of(), List.of(), List.of(), List.of());
  }

  /** Two at once would put each other's messages in another order. */
  @Override
  public synchronized Batch replay(MessageArchive.Query wanted, long after, int most) {
    // One more tells whether there is a next call.
    List<Arrival> arrivals = archive.arrivals(wanted, after, most + 1);
    List<One> done = new ArrayList<>();
    for (Arrival arrival : arrivals.subList(0, Math.min(most, arrivals.size()))) {
      done.add(replay(arrival.message()));
    }
    long next = arrivals.size() > most ? arrivals.get(most - 1).place() : 0;
    return new Batch(done, next);
  }

  private One replay(MessageId message) {
    try {
      return new One(message, inbox.replay(message, Duration.ZERO));
    } catch (IllegalStateException | NoSuchElementException e) {
      // It waits, was sent again, or has been pruned since it was found.
      return new One(message, null);
    }
  }
}
