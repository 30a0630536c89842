package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Field;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** CWE, CNE, CF and CE, coded elements (chapter 2A). */
public final class Cwe {

  private static final Pattern HL7_TABLE = Pattern.compile("(?i)HL7-?([0-9]{4})");
  private static final String TABLE = "http://terminology.hl7.org/CodeSystem/v2-";
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final String SYSTEM = "urn:kiln:code-system:";

  private Cwe() {}

  /** The concept with its alternates; empty where the field holds neither code nor text. */
  public static Optional<CodeableConcept> concept(Field field, MessageContext context) {
    CodeableConcept concept = new CodeableConcept();
    triplet(field, 1, 14, context).ifPresent(concept::addCoding);
    triplet(field, 4, 17, context).ifPresent(concept::addCoding);
    triplet(field, 10, 20, context).ifPresent(concept::addCoding);
    String original = field.component(9).text();
    if (!original.isEmpty()) {
      concept.setText(original);
    } else if (!concept.hasCoding() || !field.component(1).isPresent()) {
      // A text without a code.
      String text = field.component(2).text();
      String alternate = field.component(5).text();
      if (!text.isEmpty() || !alternate.isEmpty()) {
        concept.setText(text.isEmpty() ? alternate : text);
      }
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

  /** The table's URI, or the sender's own where the table does not hold the code. */
  public static String tableSystem(String table, String code, MessageContext context) {
    return context.terminology().tables().holds(table, code)
        ? TABLE + table
        : own("HL7" + table, context);
  }

  private static Optional<Coding> triplet(Field field, int code, int oid, MessageContext context) {
    String value = code(field.component(code).text());
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Coding coding = new Coding().setCode(value);
    String text = field.component(code + 1).text();
    if (!text.isEmpty()) {
      coding.setDisplay(text);
    }
    String name = field.component(code + 2).value();
    String system = system(name, context);
    String universal = field.component(oid).value();
    if ((system.isEmpty() || system.startsWith(SYSTEM)) && Hd.isOid(universal)) {
      system = "urn:oid:" + universal;
    }
    if (!system.isEmpty()) {
      coding.setSystem(holds(system, value, context) ? system : SYSTEM + Hd.encoded(name));
    }
    return Optional.of(coding);
  }

  /**
   * Codes that a site added to an HL7 table, and units that are none, would be wrong under the
   * standard's URI.
   */
  private static boolean holds(String system, String code, MessageContext context) {
    if (system.startsWith(TABLE)) {
      return context.terminology().tables().holds(system.substring(TABLE.length()), code);
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

  /** FHIR's code has single blanks only, and none around it. */
  public static String code(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
