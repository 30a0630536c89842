package dev.kiln.routes.hl7v2.segment.patient;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cx;
import dev.kiln.routes.hl7v2.datatype.Hd;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.StringType;

/**
 * The numbers by which PID knows a patient, in PID-3 and in the fields that came before and beside
 * it, and those by which MRG knows one who goes.
 */
public final class PidIdentifiers {

  private static final String TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final String SOCIAL_SECURITY = "http://hl7.org/fhir/sid/us-ssn";

  /** Of table 0203: accounts, memberships and subscriptions, visits. */
  private static final Set<String> SHARED =
      Set.of("AN", "ANC", "AND", "ANT", "BA", "MB", "SN", "VN", "WC", "WCN");

  private final List<Identifier> keys = new ArrayList<>();
  private final List<Identifier> persons = new ArrayList<>();
  private final List<Identifier> all = new ArrayList<>();

  private PidIdentifiers() {}

  public static PidIdentifiers of(Segment pid, MessageContext context) {
    PidIdentifiers identifiers = new PidIdentifiers();
    identifiers.addKeys(pid, 3, 2, 4, context);
    identifiers.add(pid, 18, "AN", context);
    identifiers.socialSecurity(pid.field(19));
    identifiers.driversLicense(pid.field(20), context);
    return identifiers;
  }

  /** The same of a patient who goes: MRG-1, -4 and -2 are the prior PID-3, -2 and -4. */
  public static PidIdentifiers prior(Segment mrg, MessageContext context) {
    PidIdentifiers identifiers = new PidIdentifiers();
    identifiers.addKeys(mrg, 1, 4, 2, context);
    return identifiers;
  }

  private void addKeys(
      Segment segment, int list, int external, int alternate, MessageContext context) {
    add(segment, list, "", context);
    List<Identifier> current = List.copyOf(all);
    add(segment, external, "PT", context);
    add(segment, alternate, "", context);
    persons.addAll(all);
    // PID-2 and PID-4 are what identified a patient before PID-3 could be repeated.
    keys.addAll(current.isEmpty() ? all : current);
  }

  public List<Identifier> all() {
    return all;
  }

  /** All numbers of the patient alone, accounts and the like left out. */
  public List<Identifier> ofOnePerson() {
    return persons.stream().filter(PidIdentifiers::namesOnePerson).toList();
  }

  /**
   * What the patient's resource is known by: the first medical record number, else the first number
   * of one person.
   */
  public Optional<Identifier> key() {
    return keys.stream()
        .filter(identifier -> identifier.getType().hasCoding(TYPES, "MR"))
        .findFirst()
        .or(() -> keys.stream().filter(PidIdentifiers::namesOnePerson).findFirst());
  }

  /** The others of the numbers. */
  public PidIdentifiers without(Identifier number) {
    PidIdentifiers others = new PidIdentifiers();
    keys.stream().filter(other -> !isSame(number, other)).forEach(others.keys::add);
    persons.stream().filter(other -> !isSame(number, other)).forEach(others.persons::add);
    all.stream().filter(other -> !isSame(number, other)).forEach(others.all::add);
    return others;
  }

  private static boolean isSame(Identifier one, Identifier other) {
    return one.getSystem().equals(other.getSystem()) && one.getValue().equals(other.getValue());
  }

  /** A family shares an account or an insurance, so that such a number names nobody. */
  private static boolean namesOnePerson(Identifier identifier) {
    return identifier.getType().getCoding().stream()
        .noneMatch(type -> SHARED.contains(type.getCode()));
  }

  private void add(Segment pid, int number, String type, MessageContext context) {
    for (Field field : pid.repetitions(number)) {
      Cx.identifier(field, type, context).ifPresent(this::add);
    }
  }

  private void add(Identifier identifier) {
    if (all.stream().noneMatch(other -> isSame(identifier, other))) {
      all.add(identifier);
    }
  }

  /**
   * PID-19 says nothing of its country; only what looks like a United States number is taken for
   * one.
   */
  private void socialSecurity(Field field) {
    String number = field.value();
    Optional<StringType> value = field.component(1).string(number);
    if (value.isPresent()) {
      boolean american = number.matches("[0-9]{3}-?[0-9]{2}-?[0-9]{4}");
      Identifier identifier =
          new Identifier()
              .setUse(IdentifierUse.OFFICIAL)
              .setSystem(american ? SOCIAL_SECURITY : Hd.issuer("social-security", "unknown"))
              .setValueElement(value.get());
      identifier.getType().addCoding().setSystem(TYPES).setCode("SS");
      add(Origin.mark(identifier, field.path()));
    }
  }

  private void driversLicense(Field field, MessageContext context) {
    Optional<StringType> number = field.component(1).string();
    if (number.isPresent()) {
      String state = field.component(2).text();
      Identifier identifier =
          new Identifier()
              .setUse(IdentifierUse.OFFICIAL)
              .setSystem(Hd.issuer("drivers-license", state.isEmpty() ? "unknown" : state))
              .setValueElement(number.get());
      identifier.getType().addCoding().setSystem(TYPES).setCode("DL");
      Ts.dateTime(field.component(3), context)
          .ifPresent(expiry -> identifier.setPeriod(new Period().setEndElement(expiry)));
      add(Origin.mark(identifier, field.path()));
    }
  }
}
