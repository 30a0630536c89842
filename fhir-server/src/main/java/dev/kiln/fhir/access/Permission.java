package dev.kiln.fhir.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One scope of a token (SMART App Launch 2.2, "Scopes for requesting FHIR resources").
 *
 * @param type a resource type, or {@code *} for all
 * @param interactions what may be done
 * @param query conditions as {@code name=value}, all of which a resource must meet; none where all
 *     resources of the type are meant
 */
public record Permission(
    Level level, String type, Set<Interaction> interactions, List<String> query) {

  /** On whose behalf. */
  public enum Level {
    PATIENT,
    USER,
    SYSTEM
  }

  /** In the order in which a scope names them. */
  public enum Interaction {
    CREATE,
    READ,
    UPDATE,
    DELETE,
    SEARCH
  }

  public Permission {
    EnumSet<Interaction> ordered = EnumSet.noneOf(Interaction.class);
    ordered.addAll(interactions);
    interactions = Collections.unmodifiableSet(ordered);
    query = List.copyOf(query);
  }

  boolean allows(String wanted, Interaction interaction) {
    return (type.equals("*") || type.equals(wanted)) && interactions.contains(interaction);
  }

  /** In the form of version 2, always the same for the same permission. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scope(level, type, ""));
    interactions.forEach(interaction -> text.append(letter(interaction)));
    return query.isEmpty()
        ? text.toString()
        : text.append('?').append(String.join("&", query)).toString();
  }

  /** The least scope that would allow an interaction with a type. */
  static String needed(Level level, String type, Interaction interaction) {
    return scope(level, type, String.valueOf(letter(interaction)));
  }

  private static String scope(Level level, String type, String letters) {
    return level.name().toLowerCase(Locale.ROOT) + "/" + type + "." + letters;
  }

  private static char letter(Interaction interaction) {
    return Character.toLowerCase(interaction.name().charAt(0));
  }
}
