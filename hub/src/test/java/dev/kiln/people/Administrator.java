package dev.kiln.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.Person;
import dev.kiln.access.smart.SmartApp;
import dev.kiln.access.smart.Token;
import dev.kiln.auth.account.AccountBook;
import java.util.ArrayList;
import java.util.List;

/** Somebody who looks after the hub's users, signed in at Kiln's own app with a second factor. */
record Administrator(Person person, Token token) {

  static final String SCOPE =
      "openid fhirUser online_access message.read account.manage client.manage";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static Administrator shared;

  static synchronized Administrator get() {
    if (shared == null) {
      shared = fresh();
    }
    return shared;
  }

  static Administrator fresh() {
    Person person = Person.with("administrator", null);
    return new Administrator(person, signIn(person));
  }

  /** Signed in at the app by which accounts are looked after, whoever that is. */
  static Token signIn(Person person) {
    return SmartApp.own("kiln-admin", "/apps/admin/").withoutConsent(person, SCOPE);
  }

  String id() {
    return id(person);
  }

  static String id(Person person) {
    return RunningHub.get().bean(AccountBook.class).byLogin(person.login()).orElseThrow().id();
  }

  Http http() {
    return token.http();
  }

  Answer post(String operation, String... parameters) {
    return post(http(), operation, parameters);
  }

  /**
   * @param parameters names and values in turn
   */
  static Answer post(Http as, String operation, String... parameters) {
    ObjectNode body = JSON.createObjectNode().put("resourceType", "Parameters");
    ArrayNode all = body.putArray("parameter");
    for (int i = 0; i < parameters.length; i += 2) {
      ObjectNode one = all.addObject().put("name", parameters[i]);
      if (parameters[i + 1].matches("true|false")) {
        one.put("valueBoolean", Boolean.valueOf(parameters[i + 1]));
      } else if (parameters[i].equals("_count")) {
        one.put("valueInteger", Integer.valueOf(parameters[i + 1]));
      } else {
        String type = List.of("role", "state", "kind").contains(parameters[i]) ? "Code" : "String";
        one.put("value" + type, parameters[i + 1]);
      }
    }
    return as.post("/fhir/" + operation, body.toString());
  }

  /** The answer, of what must have been done. */
  JsonNode done(String operation, String... parameters) {
    Answer answer = post(operation, parameters);
    assertThat(answer.status()).as(operation + " " + answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** The values of a parameter, or the parts of one that has parts. */
  static List<JsonNode> all(JsonNode parent, String name) {
    List<JsonNode> found = new ArrayList<>();
    for (String children : new String[] {"parameter", "part"}) {
      for (JsonNode one : parent.path(children)) {
        if (one.path("name").asText().equals(name)) {
          found.add(one);
        }
      }
    }
    return found;
  }

  /** Of a parameter that is there once; empty where it is not there. */
  static String text(JsonNode parent, String... path) {
    JsonNode at = parent;
    for (String name : path) {
      List<JsonNode> found = all(at, name);
      if (found.isEmpty()) {
        return "";
      }
      assertThat(found).hasSize(1);
      at = found.get(0);
    }
    for (var field : at.properties()) {
      if (field.getKey().startsWith("value")) {
        return field.getValue().asText();
      }
    }
    return "";
  }
}
