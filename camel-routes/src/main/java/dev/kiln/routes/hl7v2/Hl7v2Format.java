package dev.kiln.routes.hl7v2;

import dev.kiln.routes.Statement;
import dev.kiln.routes.hl7v2.document.MessageDocument;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.MessageFile;
import dev.kiln.routes.hl7v2.er7.MessageText;
import dev.kiln.routes.hl7v2.site.SiteFields;
import dev.kiln.routes.hl7v2.site.SiteProfile;
import dev.kiln.routes.hl7v2.site.SiteProfiles;
import dev.kiln.routes.inbox.MessageBatch;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Translation;
import dev.kiln.terminology.Terminology;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;

/** HL7 v2 messages in pipe form. */
public final class Hl7v2Format implements MessageFormat {

  private final Hl7v2Translators translators;
  private final Hl7v2Admission admission;
  private final Hl7v2Acknowledgement acknowledgement;
  private final Terminology terminology;
  private final ZoneId zone;
  private final Clock clock;
  private final Supplier<SiteProfiles> sites;

  /**
   * @param zone of times that a message gives without an offset
   * @param sites what is peculiar to some senders; asked once for each thing that is done with a
   *     message, so that no message is read half before and half after a change
   * @param clock for the time of acknowledgements
   */
  public Hl7v2Format(
      Hl7v2Translators translators,
      Terminology terminology,
      ZoneId zone,
      Supplier<SiteProfiles> sites,
      Clock clock) {
    this.translators = translators;
    this.admission = new Hl7v2Admission(translators);
    this.acknowledgement = new Hl7v2Acknowledgement(clock);
    this.terminology = terminology;
    this.zone = zone;
    this.clock = clock;
    this.sites = sites;
  }

  /** The same format for other sites. */
  Hl7v2Format with(SiteProfiles others) {
    return new Hl7v2Format(translators, terminology, zone, () -> others, clock);
  }

  private MessageContext context(Message message, SiteProfiles sites) {
    return new MessageContext(message, terminology, zone, sites.of(message.msh()));
  }

  MessageText read(byte[] raw) {
    return read(raw, sites.get());
  }

  /** A sender's own character set is known only after its header has been read without it. */
  private static MessageText read(byte[] raw, SiteProfiles sites) {
    MessageText text = MessageText.decode(raw, null, null);
    SiteProfile site =
        Message.parse(text.firstSegment())
            .map(header -> sites.of(header.msh()))
            .orElse(SiteProfile.NONE);
    return site.charset() == null && site.forcedCharset() == null
        ? text
        : MessageText.decode(raw, site.charset(), site.forcedCharset());
  }

  @Override
  public String name() {
    return "hl7v2";
  }

  @Override
  public Receipt judge(byte[] raw) {
    SiteProfiles now = sites.get();
    MessageText text = read(raw, now);
    return text.hasTooManySegments()
        ? Hl7v2Admission.unreadable("The message has more segments than any message needs.")
        : judge(text, now);
  }

  private Receipt judge(MessageText text, SiteProfiles now) {
    return admission.judge(text, message -> context(message, now));
  }

  @Override
  public Optional<MessageBatch> batch(byte[] raw) {
    MessageFile file = MessageFile.of(raw);
    return file.isBatch()
        ? Optional.of(new Hl7v2Batch(file, acknowledgement, clock))
        : Optional.empty();
  }

  @Override
  public Charset charset(byte[] raw) {
    return read(raw).charset();
  }

  @Override
  public byte[] acknowledge(byte[] raw, Receipt receipt) {
    MessageText text = read(raw);
    return acknowledgement.of(text.hasTooManySegments() ? text.firstSegment() : text, receipt);
  }

  @Override
  public Translation translate(byte[] raw) {
    SiteProfiles now = sites.get();
    MessageText text = read(raw, now);
    Receipt receipt = judge(text, now);
    if (!receipt.isAccepted()) {
      // Replay may meet a message that an earlier version accepted.
      throw new IllegalArgumentException(
          receipt.refusal().location() + " " + receipt.refusal().detail());
    }
    Message message = Message.parse(text).orElseThrow();
    int populated = message.unread().size();
    MessageContext context = context(message, now);
    Bundle bundle = bundle(message, raw, receipt.type(), context);
    SiteFields.add(message, bundle, context);
    MessageTime time = MessageTime.of(message, context);
    Statement statement =
        new Statement(bundle, context.source(), time.earliest(), time.latest(), context.mergers());
    List<String> warnings = new ArrayList<>(text.warnings());
    warnings.addAll(Hl7v2Admission.warnings(message));
    warnings.addAll(context.warnings());
    return new Translation(statement, List.copyOf(warnings), message.unread(), populated);
  }

  /**
   * Whether an accepted message is about nobody.
   *
   * @param type message type and trigger event, as in its receipt
   */
  boolean isAboutApplications(byte[] raw, String type) {
    return translators
        .of(type)
        .flatMap(translator -> Message.parse(read(raw)).map(translator::isAboutApplications))
        .orElse(false);
  }

  private Bundle bundle(Message message, byte[] raw, String type, MessageContext context) {
    Optional<Hl7v2Translator> translator = translators.of(type);
    if (translator.isPresent()) {
      Bundle bundle = translator.get().translate(message, context);
      if (bundle.hasEntry() || translator.get().isAboutApplications(message)) {
        return bundle;
      }
      context.warn("message", "nothing of what " + type + " is about, kept as a document");
    } else {
      context.warn("MSH-9", "no translator for " + type + ", kept as a document");
    }
    return MessageDocument.of(message, raw, type, context);
  }
}
