package dev.kiln.routes.hl7v2.er7;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The segments around the messages of a batch: {@code [FHS] {[BHS] {MSH …} [BTS]} [FTS]} (section
 * 2.10.3.1). Characters are bytes, as in {@link MessageFile}.
 */
public final class BatchEnvelope {

  /**
   * The messages between a BHS and its BTS, or those that stand outside of any batch.
   *
   * @param header the fields of BHS; empty where there is none
   */
  public record Group(List<String> header, int messages) {}

  private final List<Group> groups = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final Delimiters delimiters;
  private List<String> file;
  private List<String> batch;
  private int counted;
  private int batches;
  private boolean fileEnded;

  private BatchEnvelope(MessageFile file) {
    this.delimiters =
        file.pieces().stream()
            .filter(piece -> !piece.name().endsWith("TS"))
            .findFirst()
            .flatMap(piece -> Delimiters.of(line(file.text(piece))))
            .orElse(Delimiters.STANDARD);
    outside(file.before().replace("\u00ef\u00bb\u00bf", ""));
    for (MessageFile.Piece piece : file.pieces()) {
      read(piece.name(), file.text(piece));
    }
    if (batch != null) {
      fault("The last BHS has no BTS: the end may be missing.");
    }
    endBatch();
    if (this.file != null && !fileEnded) {
      fault("FHS has no FTS: the end may be missing.");
    }
  }

  public static BatchEnvelope of(MessageFile file) {
    return new BatchEnvelope(file);
  }

  private void read(String name, String text) {
    List<String> fields = Segment.split(line(text), delimiters.field());
    if (!name.equals("MSH")) {
      outside(text.substring(line(text).length()));
    }
    if (fileEnded) {
      fault("Something follows FTS.");
    }
    switch (name) {
      case "FHS" -> {
        if (file != null || batch != null || counted > 0 || batches > 0) {
          fault("FHS is not at the beginning.");
        }
        file = fields;
      }
      case "BHS" -> {
        if (batch != null) {
          fault("A BHS follows another one without a BTS between them.");
        }
        endBatch();
        batch = fields;
      }
      case "MSH" -> counted++;
      case "BTS" -> endOfBatch(fields);
      default -> endOfFile(fields);
    }
  }

  private void endOfBatch(List<String> fields) {
    if (batch == null) {
      fault("A BTS has no BHS.");
    }
    compare("BTS-1", fields, counted, "messages");
    endBatch();
  }

  private void endOfFile(List<String> fields) {
    if (file == null) {
      fault("FTS has no FHS.");
    }
    if (batch != null) {
      fault("The last BHS has no BTS before FTS.");
    }
    endBatch();
    compare("FTS-1", fields, batches, "batches");
    fileEnded = true;
  }

  private void endBatch() {
    if (batch != null || counted > 0) {
      groups.add(new Group(batch == null ? List.of() : batch, counted));
      batches++;
    }
    batch = null;
    counted = 0;
  }

  /** Many senders leave the count empty. */
  private void compare(String field, List<String> fields, int actual, String what) {
    String said = fields.size() > 1 ? fields.get(1).strip() : "";
    if (said.isEmpty()) {
      return;
    }
    if (!said.matches("\\d{1,9}")) {
      fault(field + " is no number.");
    } else if (Integer.parseInt(said) != actual) {
      fault(field + " says " + Integer.parseInt(said) + " " + what + ", and " + actual + " came.");
    }
  }

  private void outside(String text) {
    if (text.chars().anyMatch(c -> c > ' ' && c != 0x1c)) {
      fault("Something that is no part of a message stands around the messages.");
    }
  }

  private void fault(String sentence) {
    if (!faults.contains(sentence)) {
      faults.add(sentence);
    }
  }

  private static String line(String text) {
    return text.split("[\r\n]", 2)[0];
  }

  public Delimiters delimiters() {
    return delimiters;
  }

  /** The fields of FHS, its name the first of them; empty where there is none. */
  public Optional<List<String>> file() {
    return Optional.ofNullable(file);
  }

  /** The messages by their batches, in their order. */
  public List<Group> groups() {
    return List.copyOf(groups);
  }

  /** What is wrong, in sentences; empty where nothing is. */
  public String faults() {
    return String.join(" ", faults.subList(0, Math.min(5, faults.size())));
  }
}
