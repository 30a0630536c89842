package dev.kiln.routes.hl7v2.segment.finance;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cx;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.List;
import org.hl7.fhir.r4.model.Coverage;

/** IN2, more about an insurance (section 6.5.7): its member's numbers. */
public final class In2 {

  /** Medicare's, Medicaid's and military cards, payor's and member's numbers. */
  private static final List<Integer> NUMBERS = List.of(6, 8, 10, 25, 26, 61);

  private In2() {}

  /** Adds to the coverage what the segment says. */
  public static void complete(Coverage coverage, Segment in2, MessageContext context) {
    for (int number : NUMBERS) {
      for (Field field : in2.repetitions(number)) {
        Cx.identifier(field, "", context).ifPresent(coverage::addIdentifier);
      }
    }
  }
}
