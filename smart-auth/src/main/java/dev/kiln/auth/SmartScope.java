package dev.kiln.auth;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scope that concerns FHIR resources, for example {@code patient/Observation.rs} or {@code
 * user/*.cruds} (SMART App Launch 2.2, "Scopes for requesting FHIR resources"). Scopes of version 1
 * are read as those of version 2 that the specification says they mean.
 *
 * @param type a resource type, or {@code *} for all
 * @param query conditions as {@code name=value}, in the order in which they were written; empty
 *     where all resources of the type are meant
 */
public record SmartScope(
    Level level, String type, Set<Interaction> interactions, List<String> query) {

  private static final Pattern VERSION_2 =
      Pattern.compile("(patient|user|system)/(\\*|[A-Z][A-Za-z]*)\\.(c?r?u?d?s?)(?:\\?(.+))?");
  private static final Pattern VERSION_1 =
      Pattern.compile("(patient|user|system)/(\\*|[A-Z][A-Za-z]*)\\.(read|write|\\*)");

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

  public SmartScope {
    interactions = Set.copyOf(interactions);
    query = List.copyOf(query);
  }

  /** Reads one scope; empty where it concerns something else, such as {@code openid}. */
  public static Optional<SmartScope> of(String text) {
    Matcher first = VERSION_1.matcher(text);
    if (first.matches()) {
      return Optional.of(
          new SmartScope(
              level(first.group(1)), first.group(2), version1(first.group(3)), List.of()));
    }
    Matcher second = VERSION_2.matcher(text);
    if (!second.matches() || second.group(3).isEmpty()) {
      return Optional.empty();
    }
    Set<Interaction> interactions = EnumSet.noneOf(Interaction.class);
    for (Interaction interaction : Interaction.values()) {
      if (second.group(3).indexOf(letter(interaction)) >= 0) {
        interactions.add(interaction);
      }
    }
    List<String> query =
        second.group(4) == null ? List.of() : List.of(second.group(4).split("&", -1));
    return Optional.of(
        new SmartScope(level(second.group(1)), second.group(2), interactions, query));
  }

  /** Version 1's {@code read} means reading and searching, {@code write} all that changes. */
  private static Set<Interaction> version1(String word) {
    return switch (word) {
      case "read" -> EnumSet.of(Interaction.READ, Interaction.SEARCH);
      case "write" -> EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.DELETE);
      default -> EnumSet.allOf(Interaction.class);
    };
  }

  /** Whether whoever has this one needs no other one to do what the narrower one allows. */
  public boolean covers(SmartScope narrower) {
    return level == narrower.level
        && (type.equals("*") || type.equals(narrower.type))
        && interactions.containsAll(narrower.interactions)
        && narrower.query.containsAll(query);
  }

  /** In the form of version 2. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(level.name().toLowerCase(Locale.ROOT)).append('/').append(type).append('.');
    new ArrayList<>(EnumSet.copyOf(interactions))
        .forEach(interaction -> text.append(letter(interaction)));
    return query.isEmpty()
        ? text.toString()
        : text.append('?').append(String.join("&", query)).toString();
  }

  private static char letter(Interaction interaction) {
    return Character.toLowerCase(interaction.name().charAt(0));
  }

  private static Level level(String word) {
    return Level.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
