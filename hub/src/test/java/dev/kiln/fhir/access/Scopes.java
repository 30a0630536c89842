package dev.kiln.fhir.access;

import dev.kiln.fhir.access.Permission.Interaction;
import dev.kiln.fhir.access.Permission.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Callers as the tests write them: by the scopes of version 2. */
public final class Scopes {

  private Scopes() {}

  /** A patient's app. */
  public static Caller ofPatient(String patient, String... scopes) {
    return new Caller(
        "app", "account", "Patient/" + patient, permissions(scopes), Set.of(), patient, false);
  }

  /** A clinician's app without a patient. */
  public static Caller ofUser(String... scopes) {
    return new Caller(
        "app", "account", "Practitioner/1", permissions(scopes), Set.of(), null, false);
  }

  /** A client that acts for itself. */
  public static Caller ofSystem(String... scopes) {
    return new Caller("backend", "backend", null, permissions(scopes), Set.of(), null, true);
  }

  /** Somebody without a place in any chart, whose token opens operations of Kiln's own. */
  public static Caller ofEngineer(String... rights) {
    return new Caller("app", "engineer", null, Set.of(), Set.of(rights), null, false);
  }

  static Set<Permission> permissions(String... scopes) {
    return Stream.of(scopes).map(Scopes::permission).collect(Collectors.toSet());
  }

  private static Permission permission(String scope) {
    String[] parts = scope.split("[/.?]", 4);
    EnumSet<Interaction> interactions = EnumSet.noneOf(Interaction.class);
    for (Interaction interaction : Interaction.values()) {
      if (parts[2].indexOf(Character.toLowerCase(interaction.name().charAt(0))) >= 0) {
        interactions.add(interaction);
      }
    }
    return new Permission(
        Level.valueOf(parts[0].toUpperCase(Locale.ROOT)),
        parts[1],
        interactions,
        parts.length < 4 ? List.of() : List.of(parts[3].split("&")));
  }
}
