package dev.kiln.routes.hl7v2.datatype.party;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Reference;

/** PL, a place such as a bed (chapter 2A), by its name. */
public final class Pl {

  private Pl() {}

  /** From the facility down to the bed, or the description where no part has a name. */
  public static Optional<Reference> location(Field field) {
    String named =
        Stream.of(
                field.component(4).value(),
                field.component(7).text(),
                field.component(8).text(),
                field.component(1).text(),
                field.component(2).text(),
                field.component(3).text())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    String display = named.isEmpty() ? field.component(9).text() : named;
    return display.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Origin.mark(new Reference().setType("Location").setDisplay(display), field.path()));
  }
}
