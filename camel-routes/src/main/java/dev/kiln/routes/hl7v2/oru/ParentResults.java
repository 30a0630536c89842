package dev.kiln.routes.hl7v2.oru;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;

/**
 * The observations of one message by what OBR-26 and OBR-29 of a later order call them, as the
 * susceptibilities of an organism name the culture that it grew in (section 7.4.1.26).
 */
final class ParentResults {

  /**
   * @param order number of the order, whoever gave it out
   * @param code OBX-3, its first component
   * @param subId OBX-4
   */
  private record Key(String order, String code, String subId) {}

  private final Map<Key, Observation> observations = new HashMap<>();

  void add(Segment obx, Observation observation, DiagnosticReport report) {
    for (Identifier order : report.getIdentifier()) {
      String code = obx.field(3).value();
      observations.putIfAbsent(
          new Key(order.getValue(), code, obx.field(4).component(1).text()), observation);
    }
  }

  /**
   * The observation that the order came from; empty, perhaps with a warning, where there is none.
   */
  Optional<Observation> parent(Segment obr, MessageContext context) {
    Field result = obr.field(26);
    if (!result.isPresent()) {
      return Optional.empty();
    }
    Component code = result.component(1);
    String subId = result.component(2).text();
    List<String> orders =
        Stream.of(obr.field(29).component(2), obr.field(29).component(1))
            .map(Component::value)
            .filter(number -> !number.isEmpty())
            .toList();
    Optional<Observation> parent =
        orders.stream()
            .map(order -> observations.get(new Key(order, code.value(), subId)))
            .filter(Objects::nonNull)
            .findFirst();
    if (parent.isEmpty()) {
      context.warn(result.path(), "the parent result is not in this message");
    }
    return parent;
  }
}
