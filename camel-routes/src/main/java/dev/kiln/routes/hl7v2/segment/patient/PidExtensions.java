package dev.kiln.routes.hl7v2.segment.patient;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * What PID says of a person and FHIR has extensions for: religion, citizenship and nationality
 * those of FHIR itself; race and ethnic group those of US Core, which are what tables 0005 and 0189
 * were made for.
 */
final class PidExtensions {

  private static final String FHIR = "http://hl7.org/fhir/StructureDefinition/patient-";
  private static final String US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-";

  /** CDC Race and Ethnicity. */
  private static final String RACE_AND_ETHNICITY = "urn:oid:2.16.840.1.113883.6.238";

  private static final Map<Integer, String> COUNTRIES =
      new TreeMap<>(Map.of(26, "citizenship", 28, "nationality"));

  private PidExtensions() {}

  static List<Extension> of(Segment pid, MessageContext context) {
    List<Extension> extensions = new ArrayList<>();
    population(pid, 10, "race", context).ifPresent(extensions::add);
    population(pid, 22, "ethnicity", context).ifPresent(extensions::add);
    Field religion = pid.field(17);
    Cwe.ofTable(religion, "0006", context)
        .map(concept -> extension(FHIR + "religion", concept))
        .ifPresent(extension -> extensions.add(Origin.mark(extension, religion.path())));
    COUNTRIES.forEach(
        (number, name) -> {
          for (Field country : pid.repetitions(number)) {
            Cwe.concept(country, context)
                .map(code -> new Extension(FHIR + name).addExtension(extension("code", code)))
                .ifPresent(
                    extension ->
                        extensions.add(Origin.mark((Extension) extension, country.path())));
          }
        });
    animal(pid, context).ifPresent(extensions::add);
    return extensions;
  }

  /** Of a patient who is an animal; FHIR has no breed without a species. */
  private static Optional<Extension> animal(Segment pid, MessageContext context) {
    Optional<CodeableConcept> species = Cwe.ofTable(pid.field(35), "0446", context);
    Optional<CodeableConcept> breed = Cwe.ofTable(pid.field(36), "0447", context);
    return species.map(
        kind -> {
          Extension animal = new Extension(FHIR + "animal");
          animal.addExtension(extension("species", kind));
          breed.ifPresent(code -> animal.addExtension(extension("breed", code)));
          return Origin.mark(animal, pid.field(35).path());
        });
  }

  /** One extension for all repetitions, since US Core allows no second one. */
  private static Optional<Extension> population(
      Segment pid, int number, String name, MessageContext context) {
    Extension extension = Origin.mark(new Extension(US_CORE + name), pid.field(number).path());
    List<String> texts = new ArrayList<>();
    for (Field field : pid.repetitions(number)) {
      Optional<Coding> category = context.translate(map(name), field.component(1));
      category
          .filter(coding -> !name.equals("ethnicity") || !extension.hasExtension("ombCategory"))
          .ifPresent(coding -> extension.addExtension(extension("ombCategory", coding)));
      Cwe.concept(field, context).map(concept -> text(concept, category)).ifPresent(texts::add);
    }
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    extension.addExtension(extension("text", new StringType(String.join(", ", texts))));
    return Optional.of(extension);
  }

  private static String map(String name) {
    return name.equals("race") ? "v2-0005-race" : "v2-0189-ethnicity";
  }

  private static String text(CodeableConcept sent, Optional<Coding> category) {
    if (sent.hasText()) {
      return sent.getText();
    }
    Coding coding = sent.getCodingFirstRep();
    return coding.hasDisplay()
        ? coding.getDisplay()
        : category.map(Coding::getDisplay).orElse(coding.getCode());
  }

  private static Extension extension(String url, Type value) {
    return new Extension(url, value);
  }
}
