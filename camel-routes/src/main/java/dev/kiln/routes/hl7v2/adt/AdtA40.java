package dev.kiln.routes.hl7v2.adt;

import dev.kiln.routes.hl7v2.Hl7v2Translator;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.TransactionBundle;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.patient.PidIdentifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * ADT^A40, patients are merged (section 3.3.40): of each group of PID and MRG, the patient of MRG
 * goes and the one of PID stays. What PID says of that one is told as in an update.
 */
public final class AdtA40 implements Hl7v2Translator {

  @Override
  public String trigger() {
    return "ADT^A40";
  }

  @Override
  public boolean merges() {
    return true;
  }

  @Override
  public Bundle translate(Message message, MessageContext context) {
    TransactionBundle transaction = new TransactionBundle();
    for (MergeGroup group : MergeGroup.of(message)) {
      Reference survivor =
          new PatientVisit(transaction, group.pid, group.pv1, null, context).patient();
      if (group.merged.isEmpty()) {
        context.warn(group.pid.field(3).path(), "no MRG says who is merged into this patient");
      }
      Optional<Identifier> key = PidIdentifiers.of(group.pid, context).key();
      if (key.isEmpty() && !group.merged.isEmpty()) {
        context.warn(group.pid.field(3).path(), "empty, nothing is merged into this patient");
      }
      for (Segment mrg : key.isPresent() ? group.merged : List.<Segment>of()) {
        Mrg.patient(mrg, key.get(), context)
            .ifPresent(merged -> context.merge(transaction.putOnce(merged), survivor));
      }
    }
    return transaction.bundle();
  }

  /** PATIENT, the group of ADT_A39 that one merge is told in. */
  private static final class MergeGroup {

    private final Segment pid;
    private final List<Segment> merged = new ArrayList<>();
    private Segment pv1;

    private MergeGroup(Segment pid, Segment pv1) {
      this.pid = pid;
      this.pv1 = pv1;
    }

    private static List<MergeGroup> of(Message message) {
      List<MergeGroup> groups = new ArrayList<>();
      for (Segment segment : message.segments()) {
        if (segment.name().equals("PID") && segment.hasContent()) {
          groups.add(new MergeGroup(segment, message.empty("PV1")));
        } else if (!groups.isEmpty()) {
          groups.get(groups.size() - 1).add(segment);
        }
      }
      return groups;
    }

    private void add(Segment segment) {
      switch (segment.name()) {
        case "MRG" -> merged.add(segment);
        case "PV1" -> pv1 = segment;
        default -> {
          // What else is said of the survivor has no part in the merge.
        }
      }
    }
  }
}
