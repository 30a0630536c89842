package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.UriType;

/** CWE, CNE, CF and CE, coded elements (chapter 2A). */
public final class Cwe {

  private static final Pattern HL7_TABLE = Pattern.compile("(?i)HL7-?([0-9]{4})");
  private static final String TABLE = "http://terminology.hl7.org/CodeSystem/v2-";
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String SYSTEM = "urn:kiln:code-system:";

  private Cwe() {}

  /** The concept with its alternates; empty where the field holds neither code nor text. */
  public static Optional<CodeableConcept> concept(Field field, MessageContext context) {
    CodeableConcept concept = Origin.mark(new CodeableConcept(), field.path());
    triplet(field, 1, 7, 14, context).ifPresent(concept::addCoding);
    triplet(field, 4, 8, 17, context).ifPresent(concept::addCoding);
    triplet(field, 10, 13, 20, context).ifPresent(concept::addCoding);
    if (field.component(9).isPresent()) {
      field.component(9).string().ifPresent(concept::setTextElement);
    } else if (!concept.hasCoding() || !field.component(1).isPresent()) {
      // A text without a code.
      field
          .component(2)
          .string()
          .or(() -> field.component(5).string())
          .ifPresent(concept::setTextElement);
    }
    return concept.isEmpty() ? Optional.empty() : Optional.of(concept);
  }

  /**
   * A concept of a table that the field itself does not name, as IS and old CE do not.
   *
   * @param table its four digits
   */
  public static Optional<CodeableConcept> ofTable(
      Field field, String table, MessageContext context) {
    Optional<CodeableConcept> concept = concept(field, context);
    concept
        .map(CodeableConcept::getCodingFirstRep)
        .filter(coding -> coding.hasCode() && !coding.hasSystem())
        .ifPresent(coding -> coding.setSystem(tableSystem(table, coding.getCode(), context)));
    return concept;
  }

  /**
   * What the field's code means in the target of a map, beside what was sent; a code that the map
   * does not have stays as it was sent.
   *
   * @param map named after its table, for example {@code v2-0002-marital-status}
   */
  public static Optional<CodeableConcept> mapped(Field field, String map, MessageContext context) {
    Optional<Coding> found = context.translate(map, field.component(1));
    if (found.isEmpty()) {
      return ofTable(field, map.substring(3, 7), context);
    }
    CodeableConcept concept = new CodeableConcept(found.get());
    field.component(9).string().ifPresent(concept::setTextElement);
    return Optional.of(Origin.mark(concept, field.path()));
  }

  /** The table's URI, or the sender's own where the table does not hold the code. */
  public static String tableSystem(String table, String code, MessageContext context) {
    return context.terminology().tables().holds(table, code)
        ? TABLE + table
        : own("HL7" + table, context);
  }

  private static Optional<Coding> triplet(
      Field field, int first, int version, int oid, MessageContext context) {
    Component code = field.component(first);
    String value = code(code.text());
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Coding coding = new Coding().setCodeElement(Origin.mark(new CodeType(value), code.path()));
    field.component(first + 1).string().ifPresent(coding::setDisplayElement);
    Component named = field.component(first + 2);
    String system = system(named.value(), context);
    String universal = field.component(oid).value();
    if ((system.isEmpty() || system.startsWith(SYSTEM)) && Hd.isOid(universal)) {
      system = "urn:oid:" + universal;
    }
    if (!system.isEmpty()) {
      String held = holds(system, value, context) ? system : SYSTEM + Hd.encoded(named.value());
      coding.setSystemElement(Origin.mark(new UriType(held), named.path()));
      field.component(version).string().ifPresent(coding::setVersionElement);
    }
    return Optional.of(coding);
  }

  /**
   * Codes that a site added to an HL7 table, and DICOM's codes and units that are none, would be
   * wrong under the standard's URI.
   */
  private static boolean holds(String system, String code, MessageContext context) {
    if (system.startsWith(TABLE)) {
      return context.terminology().tables().holds(system.substring(TABLE.length()), code);
    }
    if (system.equals(DICOM)) {
      return code.matches("[0-9]{6}") || context.terminology().tables().holds("DCM", code);
    }
    return !system.equals(UCUM) || context.terminology().units().isUnit(code);
  }

  /** The URI of a coding system by its name in table 0396; empty where there is no name. */
  public static String system(String name, MessageContext context) {
    if (name.isEmpty()) {
      return "";
    }
    Optional<String> told = context.site().codingSystem(name);
    if (told.isPresent()) {
      return told.get();
    }
    Matcher table = HL7_TABLE.matcher(name);
    if (table.matches()) {
      return TABLE + table.group(1);
    }
    if (Hd.isOid(name)) {
      return "urn:oid:" + name;
    }
    if (name.contains(":") && Hd.isAbsolute(name)) {
      return name;
    }
    return context
        .translate("v2-0396-coding-system", name)
        .map(Coding::getCode)
        .orElseGet(() -> local(name, context));
  }

  /**
   * "L" and "99…" mean a sender's own codes (chapter 2A), so that the sender is part of their name.
   */
  private static String local(String name, MessageContext context) {
    boolean own = name.equalsIgnoreCase("L") || name.startsWith("99");
    return own ? own(name, context) : SYSTEM + Hd.encoded(name);
  }

  private static String own(String name, MessageContext context) {
    String facility = context.facility();
    return SYSTEM + (facility.isEmpty() ? "" : Hd.encoded(facility) + ":") + Hd.encoded(name);
  }

  /**
   * What a code is in a key: as it was sent, so that another spelling of its text does not matter.
   */
  public static String key(CodeableConcept code) {
    Coding coding = code.getCodingFirstRep();
    return coding.hasCode()
        ? coding.getSystem() + "|" + coding.getCode()
        : String.valueOf(code.getText());
  }

  /** FHIR's code has single blanks only, and none around it. */
  public static String code(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
