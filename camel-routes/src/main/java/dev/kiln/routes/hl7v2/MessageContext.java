package dev.kiln.routes.hl7v2;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.Statement.Merger;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.site.SiteProfile;
import dev.kiln.terminology.Terminology;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.EnumFactory;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Reference;

/**
 * What the translation of one message needs beside its segments, and where it leaves its warnings.
 */
public final class MessageContext {

  private static final Pattern TIME_WITH_OFFSET = Pattern.compile("[0-9.]+([+-][0-9]{2,4})");

  /** Fields of MSH that admission and acknowledgement read. */
  private static final List<Integer> ENVELOPE = List.of(3, 4, 5, 6, 7, 9, 10, 11, 12, 15, 16, 18);

  /** What is wrong a thousand times over is understood from the first ones. */
  private static final int MOST_WARNINGS = 200;

  private final Terminology terminology;
  private final SiteProfile site;
  private final ZoneId zone;
  private final String application;
  private final String facility;
  private final String controlId;
  private final String time;
  private final String recorded;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final List<Merger> mergers = new ArrayList<>();

  /**
   * @param zone of times without an offset, where neither MSH-7 nor the site has one
   * @param site what is peculiar to the sender
   */
  public MessageContext(Message message, Terminology terminology, ZoneId zone, SiteProfile site) {
    Segment msh = message.msh();
    ENVELOPE.forEach(msh::repetitions);
    this.terminology = terminology;
    this.application = msh.field(3).value();
    this.facility = msh.field(4).value();
    String number = msh.field(10).value();
    // Without a number, or with one of nobody knows whom, messages that differ must not be taken
    // for one: two nameless people would become one patient.
    boolean names = !number.isEmpty() && !(application + facility).isEmpty();
    this.controlId = names ? number : LogicalKey.id("message", message.text());
    this.time = msh.field(7).value();
    this.recorded = recorded(message);
    this.site = site;
    this.zone = offset(time).orElse(site.zone() == null ? zone : site.zone());
  }

  private String recorded(Message message) {
    Optional<Segment> evn = message.first("EVN");
    // The event is known from MSH-9, of which EVN-1 is the old place.
    evn.ifPresent(segment -> segment.repetitions(1));
    return evn.map(segment -> segment.field(2).value())
        .filter(value -> !value.isEmpty())
        .orElse(time);
  }

  /** An offset in MSH-7 is the default of the whole message (chapter 2, MSH-7). */
  private static Optional<ZoneId> offset(String time) {
    Matcher matcher = TIME_WITH_OFFSET.matcher(time);
    try {
      return matcher.matches() ? Optional.of(ZoneOffset.of(matcher.group(1))) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Looks things up in tables and units. */
  public Terminology terminology() {
    return terminology;
  }

  /** The zone of times without an offset. */
  public ZoneId zone() {
    return zone;
  }

  /** What is peculiar to the sender. */
  public SiteProfile site() {
    return site;
  }

  /** On whose behalf the message speaks: as the site says, else as the sender does. */
  public String source() {
    return site.source() == null ? facility() : site.source();
  }

  /** Sending application and facility, as in a receipt. */
  public String sender() {
    return application + "|" + facility;
  }

  /**
   * Who gives out the sender's own numbers and codes: its facility, else its application; may be
   * empty.
   */
  public String facility() {
    return facility.isEmpty() ? application : facility;
  }

  /** MSH-10; where it or its sender is empty, a digest of the message in its place. */
  public String controlId() {
    return controlId;
  }

  /** MSH-7 as it was sent. */
  public String time() {
    return time;
  }

  /**
   * When the event was recorded, as it was sent: EVN-2, else MSH-7, which says when the message was
   * made.
   */
  public String recorded() {
    return recorded;
  }

  /** Says that two patients are one, by their references. */
  public void merge(Reference merged, Reference survivor) {
    mergers.add(new Merger(merged.getReference(), survivor.getReference()));
  }

  /** Whether a patient, by its reference, goes in a merge. */
  public boolean isMerged(String patient) {
    return mergers.stream().anyMatch(merger -> merger.merged().equals(patient));
  }

  List<Merger> mergers() {
    return List.copyOf(mergers);
  }

  /** Looks a code up; empty where the map does not have it. */
  public Optional<Coding> translate(String map, String code) {
    return code.isEmpty() ? Optional.empty() : terminology.maps().translate(map, code);
  }

  /** Looks a code up; what is found is marked with where the code stands. */
  public Optional<Coding> translate(String map, Component code) {
    return translate(map, code.text()).map(coding -> Origin.mark(coding, code.path()));
  }

  /**
   * As {@link #translate(String, Component)}, as one of FHIR's own codes.
   *
   * @throws IllegalArgumentException where the map leads to a code that FHIR does not have there
   */
  public <E extends Enum<?>> Optional<Enumeration<E>> translate(
      String map, Component code, EnumFactory<E> codes) {
    return translate(map, code)
        .map(
            coding ->
                Origin.mark(
                    new Enumeration<>(codes, codes.fromCode(coding.getCode())), code.path()));
  }

  /** With a warning where a code is there and the map does not have it. */
  public <E extends Enum<?>> Optional<Enumeration<E>> code(
      String map, Field field, EnumFactory<E> codes) {
    Optional<Enumeration<E>> found = translate(map, field.component(1), codes);
    if (found.isEmpty() && field.component(1).isPresent()) {
      warn(field.path(), "the code is not in table " + map.substring(3, 7));
    }
    return found;
  }

  /**
   * Says what could not be understood.
   *
   * @param reason without any value of the message, which might be a patient's
   */
  public void warn(String path, String reason) {
    if (warnings.size() < MOST_WARNINGS) {
      warnings.add(path + ": " + reason);
    }
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
