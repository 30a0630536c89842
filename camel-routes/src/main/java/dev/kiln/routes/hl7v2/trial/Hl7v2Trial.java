package dev.kiln.routes.hl7v2.trial;

import dev.kiln.routes.Leaf;
import dev.kiln.routes.LeafChange;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.RoutesConfiguration.Rehearsal;
import dev.kiln.routes.Statement;
import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.control.MessageArchive.Entry;
import dev.kiln.routes.control.MessageArchive.Place;
import dev.kiln.routes.control.MessageArchive.Query;
import dev.kiln.routes.control.MessageArchive.Whole;
import dev.kiln.routes.control.SiteControl.Element;
import dev.kiln.routes.control.SiteControl.Trial;
import dev.kiln.routes.control.SiteControl.Tried;
import dev.kiln.routes.control.SiteControl.Value;
import dev.kiln.routes.hl7v2.site.SiteFolder;
import dev.kiln.routes.hl7v2.site.SiteProfile;
import dev.kiln.routes.hl7v2.site.SiteProfiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads kept messages with a profile that is only proposed, and with those that hold. */
public final class Hl7v2Trial {

  private static final int LATEST = 20;
  private static final int MOST_ELEMENTS = 500;

  /** A profile for any application or facility has no sender that the archive could find. */
  private static final int PAGE = 200;

  private static final int MOST_PAGES = 10;

  private final String format;
  private final SiteFolder folder;
  private final Function<SiteProfiles, Rehearsal> reading;
  private final Supplier<MessageArchive> archive;

  /**
   * @param format name of the format that is read
   * @param reading how it is read with some profiles
   */
  public Hl7v2Trial(
      String format,
      SiteFolder folder,
      Function<SiteProfiles, Rehearsal> reading,
      Supplier<MessageArchive> archive) {
    this.format = format;
    this.folder = folder;
    this.reading = reading;
    this.archive = archive;
  }

  private record Read(String refusal, Statement statement) {}

  Trial of(String name, String text, List<MessageId> messages) {
    SiteProfiles now = folder.profiles();
    SiteProfiles then = folder.proposed(name, text);
    Rehearsal before = reading.apply(now);
    Rehearsal after = reading.apply(then);
    // One after the other, since a message may be large; one may have been pruned since it was
    // found.
    Stream<Whole> kept =
        messages.isEmpty()
            ? latest(then.named(name)).stream().flatMap(id -> archive.get().read(id).stream())
            : messages.stream().map(this::message);
    List<Tried> tried = kept.map(message -> tryOut(message, before, after)).toList();
    Set<String> said = new HashSet<>(now.named(name).uris());
    said.addAll(then.named(name).uris());
    return new Trial(tried, said);
  }

  private Whole message(MessageId id) {
    Whole message =
        archive
            .get()
            .read(id)
            .orElseThrow(() -> new NoSuchElementException("There is no message " + id));
    if (!isReadable(message.entry())) {
      throw new IllegalArgumentException("The message " + id + " is not HL7 v2");
    }
    return message;
  }

  private boolean isReadable(Entry entry) {
    return entry.format().equals(format);
  }

  private List<MessageId> latest(SiteProfile profile) {
    boolean isOne = profile.application() != null && profile.facility() != null;
    String sender = isOne ? profile.application() + "|" + profile.facility() : null;
    List<MessageId> latest = new ArrayList<>();
    Place after = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      List<Entry> entries = archive.get().find(of(sender, after));
      for (Entry entry : entries) {
        if (isReadable(entry) && profile.isFor(entry.sender())) {
          latest.add(entry.id());
        }
        if (latest.size() == LATEST) {
          return latest;
        }
      }
      if (entries.size() < PAGE) {
        return latest;
      }
      Entry last = entries.get(PAGE - 1);
      after = new Place(last.received(), last.id());
    }
    return latest;
  }

  private static Query of(String sender, Place after) {
    return new Query(null, null, null, null, sender, null, null, null, null, null, after, PAGE);
  }

  private static Tried tryOut(Whole message, Rehearsal before, Rehearsal after) {
    Read was = read(message.raw(), before);
    Read is = read(message.raw(), after);
    List<LeafChange> changes = LeafChange.between(was.statement(), is.statement());
    return new Tried(
        message.entry().id(),
        message.entry().controlId(),
        was.refusal(),
        is.refusal(),
        changes.stream().limit(MOST_ELEMENTS).map(Hl7v2Trial::element).toList(),
        Math.max(0, changes.size() - MOST_ELEMENTS));
  }

  private static Read read(byte[] raw, Rehearsal rehearsal) {
    try {
      Rehearsal.Outcome outcome = rehearsal.of(raw);
      return new Read(
          outcome.refusal() == null ? "" : outcome.refusal().name(), outcome.statement());
    } catch (RuntimeException | StackOverflowError e) {
      // As a worker would make it a dead letter.
      return new Read("UNTRANSLATABLE", null);
    }
  }

  private static Element element(LeafChange change) {
    return new Element(
        change.resource(), change.path(), value(change.before()), value(change.after()));
  }

  private static Value value(Leaf leaf) {
    return leaf == null ? null : new Value(leaf.value(), leaf.field());
  }
}
