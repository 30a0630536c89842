package dev.kiln.routes.hl7v2.segment;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/**
 * What the HL7 null in a field of a segment asks to forget (section 2.5.3).
 *
 * @param elements the resource's elements, by the numbers of the fields that they come from
 */
public record Nulls(Map<Integer, String> elements) {

  /** Marks as removed what the segment's nulls say. */
  public void in(Segment segment, Resource resource) {
    elements.forEach(
        (number, element) -> {
          Field field = segment.field(number);
          if (field.isNull()) {
            Origin.remove(resource, element, field.path());
          }
        });
  }
}
