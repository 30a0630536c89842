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
 * it.
 */
final class PidIdentifiers {

  private static final String TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final String SOCIAL_SECURITY = "http://hl7.org/fhir/sid/us-ssn";

  /** Of table 0203: accounts, memberships and subscriptions, visits. */
  private static final Set<String> SHARED =
      Set.of("AN", "ANC", "AND", "ANT", "BA", "MB", "SN", "VN", "WC", "WCN");

  private final List<Identifier> keys = new ArrayList<>();
  private final List<Identifier> all = new ArrayList<>();

  private PidIdentifiers() {}

  static PidIdentifiers of(Segment pid, MessageContext context) {
    PidIdentifiers identifiers = new PidIdentifiers();
    identifiers.add(pid, 3, "", context);
    List<Identifier> current = List.copyOf(identifiers.all);
    identifiers.add(pid, 2, "PT", context);
    identifiers.add(pid, 4, "", context);
    // PID-2 and PID-4 are what identified a patient before PID-3 could be repeated.
    identifiers.keys.addAll(current.isEmpty() ? identifiers.all : current);
    identifiers.add(pid, 18, "AN", context);
    identifiers.socialSecurity(pid.field(19));
    identifiers.driversLicense(pid.field(20), context);
    return identifiers;
  }

  List<Identifier> all() {
    return all;
  }

  /**
   * What the patient's resource is known by: the first medical record number, else the first number
   * of one person.
   */
  Optional<Identifier> key() {
    return keys.stream()
        .filter(identifier -> identifier.getType().hasCoding(TYPES, "MR"))
        .findFirst()
        .or(() -> keys.stream().filter(PidIdentifiers::namesOnePerson).findFirst());
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
    boolean known =
        all.stream()
            .anyMatch(
                other ->
                    other.getSystem().equals(identifier.getSystem())
                        && other.getValue().equals(identifier.getValue()));
    if (!known) {
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
