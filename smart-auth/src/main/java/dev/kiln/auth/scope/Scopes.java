package dev.kiln.auth.scope;

import dev.kiln.auth.Accounts.Ceiling;
import dev.kiln.auth.SmartScope;
import dev.kiln.auth.SmartScope.Interaction;
import dev.kiln.auth.SmartScope.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sets of scopes in the order in which they were asked for. The library compares scopes as strings;
 * SMART scopes contain one another, so that they are compared by what they allow.
 */
public final class Scopes {

  /** Those that concern no FHIR resources and that this server understands. */
  public static final Set<String> WORDS =
      Set.of(
          "openid",
          "fhirUser",
          "profile",
          "launch",
          "launch/patient",
          "offline_access",
          "online_access");

  /** One to what concerns no resources, such as {@code message.read}; roles.yaml has them. */
  private static final Pattern RIGHT = Pattern.compile("[a-z]+\\.[a-z]+");

  /**
   * Whoever has one of these can give an account any role, or a client any scope, and so has all
   * the others. No foreign app may be in the way of that.
   */
  private static final Set<String> OF_OWN_APPS = Set.of("account.manage", "client.manage");

  private Scopes() {}

  /** Reads the space separated form (RFC 6749, section 3.3). */
  public static Set<String> split(String text) {
    Set<String> scopes = new LinkedHashSet<>();
    for (String scope : text.split(" ")) {
      if (!scope.isEmpty()) {
        scopes.add(scope);
      }
    }
    return scopes;
  }

  public static String join(Collection<String> scopes) {
    return String.join(" ", scopes);
  }

  /** Whether each one is among the wider ones or allows no more than one of them. */
  public static boolean areCovered(Collection<String> narrower, Collection<String> wider) {
    return narrower.stream().allMatch(scope -> isCovered(scope, wider));
  }

  private static boolean isCovered(String narrower, Collection<String> wider) {
    if (wider.contains(narrower)) {
      return true;
    }
    Optional<SmartScope> wanted = SmartScope.of(narrower);
    return wanted.isPresent()
        && wider.stream()
            .map(SmartScope::of)
            .flatMap(Optional::stream)
            .anyMatch(scope -> scope.covers(wanted.get()));
  }

  /**
   * What remains of the scopes within what the roles of a person allow. One that fits whole stays
   * as it was written, so that an app that asks in the words of version 1 is answered in them; of
   * others the common parts remain.
   */
  public static Set<String> within(Collection<String> scopes, Ceiling ceiling) {
    Set<String> rest = new LinkedHashSet<>();
    for (String scope : scopes) {
      Optional<SmartScope> wanted = SmartScope.of(scope);
      if (wanted.isEmpty()) {
        if (!isRight(scope) || ceiling.rights().contains(scope)) {
          rest.add(scope);
        }
      } else if (ceiling.resources().stream().anyMatch(most -> most.covers(wanted.get()))) {
        rest.add(scope);
      } else {
        ceiling.resources().stream()
            .map(most -> common(wanted.get(), most))
            .flatMap(Optional::stream)
            .map(SmartScope::toString)
            .sorted()
            .forEach(rest::add);
      }
    }
    return rest;
  }

  private static Optional<SmartScope> common(SmartScope wanted, SmartScope most) {
    Set<Interaction> interactions = EnumSet.copyOf(wanted.interactions());
    interactions.retainAll(most.interactions());
    boolean isSameType =
        wanted.type().equals("*") || most.type().equals("*") || wanted.type().equals(most.type());
    if (wanted.level() != most.level() || !isSameType || interactions.isEmpty()) {
      return Optional.empty();
    }
    Set<String> query = new LinkedHashSet<>(wanted.query());
    query.addAll(most.query());
    String type = wanted.type().equals("*") ? most.type() : wanted.type();
    return Optional.of(new SmartScope(wanted.level(), type, interactions, new ArrayList<>(query)));
  }

  /** Whether they are of no use without a patient in context. */
  public static boolean needPatient(Collection<String> scopes) {
    return scopes.contains("launch/patient") || haveLevel(scopes, Level.PATIENT);
  }

  public static boolean haveLevel(Collection<String> scopes, Level level) {
    return resources(scopes).stream().anyMatch(scope -> scope.level() == level);
  }

  public static boolean isRight(String scope) {
    return RIGHT.matcher(scope).matches();
  }

  /** Whether no app but the server's own may have it, whatever a person would let an app do. */
  public static boolean isOfOwnApps(String scope) {
    return OF_OWN_APPS.contains(scope);
  }

  /** Those that open what concerns no resources. */
  public static Set<String> rights(Collection<String> scopes) {
    return scopes.stream().filter(Scopes::isRight).collect(Collectors.toUnmodifiableSet());
  }

  /** Those that concern FHIR resources. */
  public static List<SmartScope> resources(Collection<String> scopes) {
    return scopes.stream().map(SmartScope::of).flatMap(Optional::stream).toList();
  }
}
