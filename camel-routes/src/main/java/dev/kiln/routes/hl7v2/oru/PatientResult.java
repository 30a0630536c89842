package dev.kiln.routes.hl7v2.oru;

import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PATIENT_RESULT, the group of ORU_R01 that is about one patient (section 7.3.1), whom the message
 * may have forgotten to name.
 */
final class PatientResult {

  /** PID and what comes with it, the visit among them. */
  private final List<Segment> patient = new ArrayList<>();

  private final List<Segment> comments = new ArrayList<>();
  private final List<OrderObservation> orders = new ArrayList<>();

  private PatientResult() {}

  /**
   * Groups the segments of a message. What stands before the first PID belongs to it, since there
   * is nobody else.
   */
  static List<PatientResult> of(Message message) {
    List<PatientResult> groups = new ArrayList<>(List.of(new PatientResult()));
    // Where the comments go that come next; NTE after segments that are not read is about those.
    List<Segment> comments = new ArrayList<>();
    Segment orc = null;
    for (Segment segment : message.segments()) {
      if (segment.name().equals("NTE")) {
        comments.add(segment);
        continue;
      }
      if (segment.name().equals("PID") && segment.index() > 1) {
        groups.add(new PatientResult());
        orc = null;
      }
      PatientResult group = groups.get(groups.size() - 1);
      comments = new ArrayList<>();
      switch (segment.name()) {
        case "PID", "PD1", "NK1" -> {
          group.patient.add(segment);
          comments = group.comments;
        }
        case "PV1", "PV2" -> group.patient.add(segment);
        case "ORC" -> orc = segment;
        case "OBR" -> {
          group.orders.add(new OrderObservation(orc, segment, comments));
          orc = null;
        }
        case "OBX" -> {
          group.order(orc).observations().add(new OrderObservation.Part(segment, comments));
          orc = null;
        }
        case "SPM" -> {
          group.order(orc).specimens().add(new OrderObservation.Part(segment, comments));
          orc = null;
        }
        default -> {
          // Timings and a sender's own segments have no part in the grouping.
        }
      }
    }
    return groups.stream().filter(PatientResult::saysSomething).toList();
  }

  private boolean saysSomething() {
    return !orders.isEmpty() || patient.stream().anyMatch(Segment::hasContent);
  }

  /** The order at hand; one without OBR, where observations come before any. */
  private OrderObservation order(Segment orc) {
    if (orders.isEmpty() || orc != null) {
      orders.add(new OrderObservation(orc, null, List.of()));
    }
    return orders.get(orders.size() - 1);
  }

  /** The first segment of the name among those about the patient, if it says anything. */
  Optional<Segment> first(String name) {
    return all(name).findFirst();
  }

  Stream<Segment> all(String name) {
    return patient.stream()
        .filter(segment -> segment.name().equals(name))
        .filter(segment -> segment.hasContent() || name.equals("PID") && hasContacts());
  }

  /** An empty PID is still somebody where others tell who belongs to the patient. */
  private boolean hasContacts() {
    return patient.stream()
        .anyMatch(
            segment -> List.of("PD1", "NK1").contains(segment.name()) && segment.hasContent());
  }

  /** NTE about the patient. */
  List<Segment> comments() {
    return comments;
  }

  List<OrderObservation> orders() {
    return orders;
  }
}
