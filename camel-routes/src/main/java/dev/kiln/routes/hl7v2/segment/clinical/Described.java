package dev.kiln.routes.hl7v2.segment.clinical;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;

/**
 * The code of a diagnosis or a procedure (field 3 of DG1 and PR1), and the description (field 4)
 * that was its text before version 2.3 gave the code one of its own.
 */
final class Described {

  private Described() {}

  static Optional<CodeableConcept> concept(Segment segment, MessageContext context) {
    Optional<CodeableConcept> code = Cwe.concept(segment.field(3), context);
    Field description = segment.field(4);
    if (!description.isPresent()) {
      return code;
    }
    CodeableConcept described =
        code.orElseGet(() -> Origin.mark(new CodeableConcept(), description.path()));
    if (!described.hasText()) {
      described.setText(description.text().strip());
      Origin.mark(described.getTextElement(), description.path());
    }
    return Optional.of(described);
  }
}
