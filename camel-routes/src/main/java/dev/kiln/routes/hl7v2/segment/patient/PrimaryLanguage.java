package dev.kiln.routes.hl7v2.segment.patient;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;

/**
 * PID-15. FHIR wants BCP 47; senders write ISO 639 codes of two or three letters, or the language's
 * English name. What is neither stays text.
 */
final class PrimaryLanguage {

  private static final String BCP_47 = "urn:ietf:bcp:47";
  private static final Map<String, String> LANGUAGES = new HashMap<>();

  static {
    for (String code : Locale.getISOLanguages()) {
      Locale language = Locale.forLanguageTag(code);
      LANGUAGES.put(language.getLanguage(), language.getLanguage());
      LANGUAGES.put(language.getISO3Language(), language.getLanguage());
      LANGUAGES.put(
          language.getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT),
          language.getLanguage());
    }
  }

  private PrimaryLanguage() {}

  static Optional<CodeableConcept> concept(Field field, MessageContext context) {
    String code = LANGUAGES.get(field.component(1).text().toLowerCase(Locale.ROOT));
    if (code == null) {
      code = LANGUAGES.get(field.component(2).text().toLowerCase(Locale.ROOT));
    }
    if (code == null) {
      return Cwe.concept(field, context).map(sent -> Origin.mark(text(sent), field.path()));
    }
    CodeableConcept concept = Origin.mark(new CodeableConcept(), field.path());
    concept.addCoding().setSystem(BCP_47).setCode(code);
    return Optional.of(concept);
  }

  /** Other codes are not allowed in this place (Patient.communication.language). */
  private static CodeableConcept text(CodeableConcept sent) {
    if (sent.hasText()) {
      return new CodeableConcept().setText(sent.getText());
    }
    String display = sent.getCodingFirstRep().getDisplay();
    return new CodeableConcept()
        .setText(display == null ? sent.getCodingFirstRep().getCode() : display);
  }
}
