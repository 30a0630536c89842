package dev.kiln.routes.hl7v2;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.hl7v2.er7.BatchEnvelope;
import dev.kiln.routes.hl7v2.er7.BatchEnvelope.Group;
import dev.kiln.routes.hl7v2.er7.Delimiters;
import dev.kiln.routes.hl7v2.er7.MessageFile;
import dev.kiln.routes.hl7v2.er7.MessageText;
import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.MessageBatch;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch and its response: a batch of acknowledgements for each batch that came, in the same
 * separators (section 2.10.3.2). Each acknowledgement names its own in its MSH.
 */
final class Hl7v2Batch implements MessageBatch {

  /** Each has an answer, and they leave together. */
  private static final int MOST_MESSAGES = 10_000;

  private final BatchEnvelope envelope;
  private final Hl7v2Acknowledgement acknowledgement;
  private final Clock clock;
  private final List<byte[]> messages;
  private final List<Group> groups;
  private final Refusal fault;

  Hl7v2Batch(MessageFile file, Hl7v2Acknowledgement acknowledgement, Clock clock) {
    this.envelope = BatchEnvelope.of(file);
    this.acknowledgement = acknowledgement;
    this.clock = clock;
    List<byte[]> all = file.messages();
    if (all.size() > MOST_MESSAGES) {
      this.messages = List.of();
      this.groups = List.of(new Group(envelope.groups().get(0).header(), 0));
      this.fault = wrong("It holds more than " + MOST_MESSAGES + " messages; none was taken in.");
    } else {
      this.messages = all;
      this.groups =
          envelope.groups().isEmpty() ? List.of(new Group(List.of(), 0)) : envelope.groups();
      this.fault = envelope.faults().isEmpty() ? null : wrong(envelope.faults());
    }
  }

  private static Refusal wrong(String detail) {
    return new Refusal(RejectReason.WRONG_BATCH, "", detail);
  }

  @Override
  public List<byte[]> messages() {
    return messages;
  }

  @Override
  public Refusal fault() {
    return fault;
  }

  @Override
  public Answer answer(List<Answer> answers, RejectReason envelopeRefused) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> file = envelope.file().orElse(List.of());
    if (!file.isEmpty()) {
      out.writeBytes(header("FHS", file));
    }
    int from = 0;
    for (int at = 0; at < groups.size(); at++) {
      Group group = groups.get(at);
      List<byte[]> said = new ArrayList<>();
      for (Answer answer : answers.subList(from, from + group.messages())) {
        if (answer.bytes().length > 0) {
          said.add(answer.bytes());
        }
      }
      from += group.messages();
      boolean isLast = at == groups.size() - 1;
      if (isLast && envelopeRefused != null) {
        said.add(refusal(envelopeRefused, group.header().isEmpty() ? file : group.header()));
      }
      out.writeBytes(header("BHS", group.header()));
      said.forEach(out::writeBytes);
      String comment = isLast && envelopeRefused != null ? detail(envelopeRefused).detail() : "";
      out.writeBytes(line(List.of("BTS", String.valueOf(said.size()), comment)));
    }
    if (!file.isEmpty()) {
      out.writeBytes(line(List.of("FTS", String.valueOf(groups.size()))));
    }
    return new Answer(
        out.toByteArray(),
        answers.isEmpty() ? StandardCharsets.UTF_8 : answers.get(0).charset(),
        worst(answers, envelopeRefused));
  }

  /** What the sender must act on first: send again, ask the operator, mend. */
  private static RejectReason worst(List<Answer> answers, RejectReason envelopeRefused) {
    List<RejectReason> all = new ArrayList<>();
    answers.forEach(answer -> all.add(answer.refusal()));
    all.add(envelopeRefused);
    for (RejectReason first : List.of(RejectReason.NOT_STORED, RejectReason.NOT_APPLIED)) {
      if (all.contains(first)) {
        return first;
      }
    }
    return all.stream().filter(reason -> reason != null).findFirst().orElse(null);
  }

  private Refusal detail(RejectReason refused) {
    return refused == fault.reason()
        ? fault
        : new Refusal(refused, "", "The batch could not be stored; send it again.");
  }

  /** A message of its own, which names the batch by its control id. */
  private byte[] refusal(RejectReason refused, List<String> header) {
    List<String> msh = new ArrayList<>(List.of("MSH", delimiters().encodingCharacters()));
    for (int field = 3; field <= 6; field++) {
      msh.add(at(header, field));
    }
    msh.addAll(List.of("", "", "", at(header, 11), "P", "2.5.1"));
    MessageText text =
        new MessageText(
            new String(line(msh), StandardCharsets.ISO_8859_1),
            StandardCharsets.ISO_8859_1,
            true,
            List.of());
    return acknowledgement.of(text, Receipt.unreadable(detail(refused)));
  }

  private byte[] header(String name, List<String> received) {
    return line(
        List.of(
            name,
            delimiters().encodingCharacters(),
            at(received, 5),
            at(received, 6),
            at(received, 3),
            at(received, 4),
            Hl7v2Acknowledgement.TIME.format(OffsetDateTime.now(clock)),
            "",
            "",
            "",
            Hl7v2Acknowledgement.newControlId(),
            at(received, 11)));
  }

  /** A field by its number: the first separator is the first field. */
  private static String at(List<String> segment, int field) {
    return segment.size() >= field ? segment.get(field - 1) : "";
  }

  private byte[] line(List<String> fields) {
    StringBuilder line =
        new StringBuilder(String.join(String.valueOf(delimiters().field()), fields));
    while (line.charAt(line.length() - 1) == delimiters().field()) {
      line.setLength(line.length() - 1);
    }
    return line.append('\r').toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private Delimiters delimiters() {
    return envelope.delimiters();
  }
}
