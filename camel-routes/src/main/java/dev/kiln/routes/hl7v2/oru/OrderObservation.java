package dev.kiln.routes.hl7v2.oru;

import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ORDER_OBSERVATION, the group of ORU_R01 that answers one order (section 7.3.1).
 *
 * @param notes comments on the order
 * @param observations OBX, each with the comments on it
 * @param specimens SPM, each with the comments on it
 */
record OrderObservation(
    Optional<Segment> orc,
    Optional<Segment> obr,
    List<Segment> notes,
    List<Part> observations,
    List<Part> specimens) {

  /** One of its repeating parts. */
  record Part(Segment segment, List<Segment> notes) {}

  /** Without observations and specimens yet; segments that are not there are null. */
  OrderObservation(Segment orc, Segment obr, List<Segment> notes) {
    this(
        Optional.ofNullable(orc),
        Optional.ofNullable(obr),
        notes,
        new ArrayList<>(),
        new ArrayList<>());
  }
}
