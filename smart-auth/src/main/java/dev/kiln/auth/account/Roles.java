package dev.kiln.auth.account;

import dev.kiln.auth.Accounts.Ceiling;
import dev.kiln.auth.SmartScope;
import dev.kiln.auth.SmartScope.Interaction;
import dev.kiln.auth.SmartScope.Level;
import dev.kiln.auth.scope.Scopes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The roles that {@code roles.yaml} has, in its order. */
public final class Roles {

  private final Map<String, Role> roles = new LinkedHashMap<>();

  /** By the roles that accounts really have together; each use of a token asks for one. */
  private final Map<Set<String>, Ceiling> ceilings = new ConcurrentHashMap<>();

  Roles() {
    try (InputStream file = Roles.class.getResourceAsStream("roles.yaml")) {
      Map<String, Map<String, Object>> read =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
      read.forEach((name, row) -> roles.put(name, role(name, row)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public Collection<Role> all() {
    return roles.values();
  }

  /**
   * @throws IllegalArgumentException where there is none of that name
   */
  public Role named(String name) {
    Role role = roles.get(name);
    if (role == null) {
      throw new IllegalArgumentException("There is no role " + name);
    }
    return role;
  }

  /**
   * Whether an account may have them together.
   *
   * @param fhirUser null for an account of nobody in the store
   * @throws NewAccount.Wrong where it may not, in a sentence for whoever gives them
   */
  public void check(Set<String> names, String fhirUser) {
    AccountRules.checkRoles(names, fhirUser, this);
  }

  /** Names of those that allow it. */
  public Set<String> allowing(String right) {
    return roles.values().stream()
        .filter(role -> role.rights().contains(right))
        .map(Role::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether one of them demands a second factor. */
  public boolean wantSecondFactor(Set<String> names) {
    return names.stream().map(this::named).anyMatch(Role::secondFactor);
  }

  /**
   * What the roles allow together. An app asks for reading and writing in one scope and is granted
   * it only where one covers it; so all that is allowed of a type stands in one, including what is
   * allowed of all types.
   */
  Ceiling ceiling(Set<String> names) {
    return ceilings.computeIfAbsent(
        Set.copyOf(names), roles -> new Ceiling(scopes(roles), rights(roles)));
  }

  private Set<String> rights(Set<String> names) {
    return names.stream()
        .flatMap(name -> named(name).rights().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private Set<SmartScope> scopes(Set<String> names) {
    Map<Key, Set<Interaction>> allowed = new LinkedHashMap<>();
    for (String name : names) {
      for (SmartScope scope : named(name).scopes()) {
        allowed
            .computeIfAbsent(
                new Key(scope.level(), scope.type(), scope.query()),
                key -> EnumSet.noneOf(Interaction.class))
            .addAll(scope.interactions());
      }
    }
    Set<SmartScope> ceiling = new LinkedHashSet<>();
    allowed.forEach(
        (key, interactions) -> {
          Set<Interaction> all = EnumSet.copyOf(interactions);
          all.addAll(allowed.getOrDefault(new Key(key.level(), key.type(), List.of()), Set.of()));
          all.addAll(allowed.getOrDefault(new Key(key.level(), "*", List.of()), Set.of()));
          ceiling.add(new SmartScope(key.level(), key.type(), all, key.query()));
        });
    return Collections.unmodifiableSet(ceiling);
  }

  private record Key(Level level, String type, List<String> query) {}

  @SuppressWarnings("unchecked")
  private static Set<String> rights(String name, Map<String, Object> row) {
    Set<String> rights = Set.copyOf((List<String>) row.getOrDefault("rights", List.of()));
    if (!rights.stream().allMatch(Scopes::isRight)) {
      throw new IllegalStateException(name + ": " + rights);
    }
    return rights;
  }

  @SuppressWarnings("unchecked")
  private static Role role(String name, Map<String, Object> row) {
    List<SmartScope> scopes = new ArrayList<>();
    for (String level : (List<String>) row.get("levels")) {
      for (String template : (List<String>) row.get("may")) {
        scopes.add(
            SmartScope.of(level + "/" + template)
                .orElseThrow(() -> new IllegalStateException(name + ": " + template)));
      }
    }
    return new Role(
        name,
        Set.copyOf((List<String>) row.getOrDefault("people", List.of())),
        (Boolean) row.getOrDefault("second-factor", false),
        List.copyOf(scopes),
        rights(name, row));
  }
}
