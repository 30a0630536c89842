package dev.kiln.routes.hl7v2.oru;

import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * PATIENT_RESULT, the group of ORU_R01 that is about one patient (section 7.3.1). Optional segments
 * are null.
 */
final class PatientResult {

  private final Segment pid;
  private Segment pv1;
  private final List<OrderObservation> orders = new ArrayList<>();

  private PatientResult(Segment pid) {
    this.pid = pid;
  }

  /**
   * Groups the segments of a message. What stands before the first PID belongs to it, since there
   * is nobody else; without one, the patient is not known.
   */
  static List<PatientResult> of(Message message) {
    List<PatientResult> groups = new ArrayList<>();
    groups.add(new PatientResult(message.firstOrEmpty("PID")));
    // Where the comments go that come next; NTE after other segments is about those, which are not
    // read.
    List<Segment> comments = new ArrayList<>();
    Segment orc = null;
    for (Segment segment : message.segments()) {
      PatientResult group = groups.get(groups.size() - 1);
      if (segment.name().equals("NTE")) {
        comments.add(segment);
        continue;
      }
      comments = new ArrayList<>();
      switch (segment.name()) {
        case "PID" -> {
          orc = null;
          if (segment.index() > 1) {
            groups.add(new PatientResult(segment));
          }
        }
        case "PV1" -> group.pv1 = segment;
        case "ORC" -> orc = segment;
        case "OBR" -> {
          group.orders.add(new OrderObservation(orc, segment, comments, new ArrayList<>()));
          orc = null;
        }
        case "OBX" -> group.order().observations().add(new ObservationGroup(segment, comments));
        default -> {
          // Specimens, timings and a sender's own segments have no part in the grouping.
        }
      }
    }
    return groups.stream().filter(PatientResult::saysSomething).toList();
  }

  private boolean saysSomething() {
    return pid.hasContent() || !orders.isEmpty() || pv1().isPresent();
  }

  /** The order at hand; one without OBR, where observations come before any. */
  private OrderObservation order() {
    if (orders.isEmpty()) {
      orders.add(new OrderObservation(null, null, List.of(), new ArrayList<>()));
    }
    return orders.get(orders.size() - 1);
  }

  Segment pid() {
    return pid;
  }

  Optional<Segment> pv1() {
    return Optional.ofNullable(pv1).filter(Segment::hasContent);
  }

  List<OrderObservation> orders() {
    return orders;
  }

  /** ORDER_OBSERVATION. */
  record OrderObservation(
      Segment commonOrder,
      Segment request,
      List<Segment> notes,
      List<ObservationGroup> observations) {

    Optional<Segment> orc() {
      return Optional.ofNullable(commonOrder);
    }

    Optional<Segment> obr() {
      return Optional.ofNullable(request);
    }
  }

  /** OBSERVATION. */
  record ObservationGroup(Segment obx, List<Segment> notes) {}
}
