package dev.kiln.auth.consent;

import dev.kiln.auth.SmartScope;
import dev.kiln.auth.SmartScope.Interaction;
import dev.kiln.auth.SmartScope.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the scopes that an app asks for into groups and words. */
public final class ConsentLines {

  /** Scopes that concern no resources, and have a message of their own. */
  private static final Set<String> OTHERS =
      Set.of(
          "fhirUser",
          "profile",
          "email",
          "launch",
          "launch/patient",
          "launch/encounter",
          "offline_access",
          "online_access",
          "message.read",
          "message.reveal",
          "message.replay",
          "interface.control",
          "site.write",
          "app.launch",
          "account.manage",
          "client.manage");

  private ConsentLines() {}

  /** Lines by group: {@code patient}, {@code user} and {@code other}, where there are any. */
  public static Map<String, List<ConsentLine>> of(List<String> scopes) {
    Map<String, List<ConsentLine>> groups = new LinkedHashMap<>();
    groups.put("patient", new ArrayList<>());
    groups.put("user", new ArrayList<>());
    groups.put("other", new ArrayList<>());
    for (String scope : scopes) {
      // Who asks for it is told who signs in; that is what signing in with it means.
      if (!scope.equals("openid")) {
        Optional<SmartScope> resources = SmartScope.of(scope);
        String id = "scope-" + scope.replaceAll("[^A-Za-z0-9]+", "-");
        if (resources.isPresent()) {
          boolean isPatient = resources.get().level() == Level.PATIENT;
          groups.get(isPatient ? "patient" : "user").add(line(id, scope, resources.get()));
        } else {
          groups.get("other").add(other(id, scope));
        }
      }
    }
    groups.values().removeIf(List::isEmpty);
    return groups;
  }

  private static ConsentLine line(String id, String scope, SmartScope resources) {
    List<String> actions = new ArrayList<>();
    Set<Interaction> may = resources.interactions();
    if (may.contains(Interaction.READ) || may.contains(Interaction.SEARCH)) {
      actions.add("action.see");
    }
    if (may.contains(Interaction.CREATE)) {
      actions.add("action.add");
    }
    if (may.contains(Interaction.UPDATE)) {
      actions.add("action.change");
    }
    if (may.contains(Interaction.DELETE)) {
      actions.add("action.delete");
    }
    return new ConsentLine(
        id,
        scope,
        "type." + (resources.type().equals("*") ? "everything" : resources.type()),
        resources.type(),
        actions,
        resources.query().stream()
            .map(condition -> Parts.only(resources.type(), condition))
            .map(message -> message.isEmpty() ? "part.some" : message)
            .distinct()
            .toList(),
        Parts.of(resources, id));
  }

  private static ConsentLine other(String id, String scope) {
    String message = OTHERS.contains(scope) ? "scope." + scope.replace('/', '-') : "scope.unknown";
    return new ConsentLine(id, scope, message, scope, List.of(), List.of(), List.of());
  }
}
