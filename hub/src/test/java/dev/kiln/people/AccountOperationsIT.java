package dev.kiln.people;

import static dev.kiln.people.Administrator.all;
import static dev.kiln.people.Administrator.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.Person;
import dev.kiln.access.smart.SmartApp;
import dev.kiln.access.smart.Token;
import dev.kiln.auth.account.AccountBook;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator looks after the accounts of others. */
class AccountOperationsIT {

  private static final String PHYSICIAN = "Practitioner/1";

  private final RunningHub hub = RunningHub.get();
  private final Administrator administrator = Administrator.get();
  private final AccountBook accounts = hub.bean(AccountBook.class);

  private static String login() {
    return "managed-" + UUID.randomUUID();
  }

  private JsonNode open(String login, String... more) {
    String[] parameters = {
      "login", login, "name", "Quillfeather Ana", "role", "physician", "fhir-user", PHYSICIAN
    };
    String[] all = Arrays.copyOf(parameters, parameters.length + more.length);
    System.arraycopy(more, 0, all, parameters.length, more.length);
    return administrator.done("$account-open", all);
  }

  private JsonNode found(String... search) {
    return administrator.done("$accounts", search);
  }

  private String state(String id) {
    return text(found("id", id), "account", "state");
  }

  private Token launcher(Person person) {
    return SmartApp.own("kiln-launcher", "/").withoutConsent(person, "openid app.launch");
  }

  private static int apps(Token token) {
    return token.http().get("/fhir/$apps").status();
  }

  private JsonNode audit(String operation, String object) {
    for (JsonNode entry :
        hub.http()
            .get("/fhir/AuditEvent?entity-name=" + operation + "&_sort=-date&_count=100")
            .json()
            .path("entry")) {
      if (entry.toString().contains(object)) {
        return entry.path("resource");
      }
    }
    throw new AssertionError("No AuditEvent of " + operation + " on " + object);
  }

  @Test
  void opensFindsAndClosesOne() throws IOException {
    String login = login();
    JsonNode opened = open(login);
    String id = text(opened, "account", "id");
    String password = text(opened, "password");

    assertThat(accounts.check(login, password)).isPresent();
    assertThat(text(opened, "account", "state")).isEqualTo("active");
    assertThat(text(opened, "account", "must-change-password")).isEqualTo("true");
    JsonNode byLogin = found("name", login.substring(3).toUpperCase(Locale.ROOT));
    assertThat(all(byLogin, "account")).hasSize(1);
    assertThat(text(byLogin, "account", "role")).isEqualTo("physician");
    assertThat(text(byLogin, "account", "fhir-user")).isEqualTo(PHYSICIAN);
    assertThat(text(byLogin, "account", "second-factor")).isEqualTo("false");
    assertThat(text(byLogin, "account", "created")).startsWith("20");
    assertThat(text(byLogin, "account", "last-sign-in")).isEmpty();
    assertThat(all(found("name", login, "role", "nurse"), "account")).isEmpty();
    assertThat(all(byLogin, "role")).hasSize(14);
    assertThat(text(byLogin, "invites")).isEqualTo("true");

    JsonNode note = audit("$account-open", id);
    assertThat(note.at("/agent/0/altId").asText()).isEqualTo(administrator.id());
    assertThat(note.at("/agent/1/altId").asText()).isEqualTo("kiln-admin");
    assertThat(note.at("/entity/0/detail/0/valueString").asText()).isEqualTo("physician");
    assertThat(note.toString()).doesNotContain(password, login, "Quillfeather");

    assertThat(text(administrator.done("$account-close", "id", id), "account", "state"))
        .isEqualTo("closed");
    assertThat(accounts.check(login, password)).isEmpty();
    assertThat(all(found("name", login), "account")).isEmpty();
    assertThat(text(found("name", login, "state", "closed"), "account", "id")).isEqualTo(id);
    assertThat(audit("$account-close", id).at("/agent/0/altId").asText())
        .isEqualTo(administrator.id());
    assertThat(administrator.post("$account-close", "id", id).status()).isEqualTo(410);
    assertThat(administrator.post("$account-reset", "id", id).status()).isEqualTo(410);
    assertThat(
            administrator
                .post(
                    "$account-open",
                    "login",
                    login,
                    "name",
                    "A",
                    "role",
                    "physician",
                    "fhir-user",
                    PHYSICIAN)
                .issues())
        .contains("\"login\"");
    assertThat(Files.readString(hub.log())).doesNotContain(password, "Quillfeather", login);
  }

  @Test
  void whoHasAnAddressIsInvitedAndResetByMail() throws InterruptedException {
    String login = login();
    String address = "somebody@" + login + ".example.org";
    JsonNode opened = open(login, "email", address);

    assertThat(text(opened, "mailed")).isEqualTo(address);
    assertThat(text(opened, "password")).isEmpty();
    assertThat(text(opened, "account", "state")).isEqualTo("invited");
    String id = text(opened, "account", "id");
    assertThat(text(found("name", login, "state", "invited"), "account", "email"))
        .isEqualTo(address);
    assertThat(all(found("name", login, "state", "active"), "account")).isEmpty();
    waitForMail(login, 1);

    JsonNode reset = administrator.done("$account-reset", "id", id, "mail", "true");
    assertThat(text(reset, "mailed")).isEqualTo(address);
    assertThat(text(reset, "password")).isEmpty();
    assertThat(text(reset, "account", "state")).as("it is invited again").isEqualTo("invited");
    waitForMail(login, 2);

    String without = text(open(login()), "account", "id");
    Answer refused = administrator.post("$account-reset", "id", without, "mail", "true");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.issues()).contains("\"mail\"");
  }

  private void waitForMail(String login, int count) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (hub.mail().getReceivedMessagesForDomain(login + ".example.org").length < count) {
      assertThat(System.nanoTime()).as("No e-mail came").isLessThan(end);
      Thread.sleep(100);
    }
  }

  @Test
  void aRoleThatIsTakenIsTakenFromTheTokenThatIsOut() {
    Administrator other = Administrator.fresh();
    assertThat(other.http().get("/fhir/$accounts?_count=1").status()).isEqualTo(200);

    JsonNode changed =
        administrator.done(
            "$account-roles", "id", other.id(), "role", "auditor", "role", "privacy-officer");

    assertThat(all(all(changed, "account").get(0), "role"))
        .extracting(role -> role.path("valueCode").asText())
        .containsExactly("auditor", "privacy-officer");
    assertThat(other.http().get("/fhir/$accounts?_count=1").status()).isEqualTo(403);
    assertThat(other.post("$account-roles", "id", other.id(), "role", "administrator").status())
        .isEqualTo(403);
    assertThat(audit("$account-roles", other.id()).at("/entity/0/detail/0/valueString").asText())
        .isEqualTo("auditor privacy-officer");
  }

  /** Only at a sign-in is a second factor set up. */
  @Test
  void aRoleThatDemandsASecondFactorSignsOutWhoHasNone() {
    Person person = Person.with("auditor", null);
    Token token = launcher(person);
    assertThat(apps(token)).isEqualTo(200);

    administrator.done(
        "$account-roles",
        "id",
        Administrator.id(person),
        "role",
        "auditor",
        "role",
        "administrator");

    assertThat(apps(token)).isEqualTo(401);
    assertThat(person.open("/account")).contains("/sign-in");
    assertThat(person.signIn("/account")).endsWith("/account");
    assertThat(text(found("id", Administrator.id(person)), "account", "second-factor"))
        .isEqualTo("true");
  }

  @Test
  void aPasswordIsReplacedAndTheSecondFactorStays() {
    Administrator other = Administrator.fresh();
    Token token = launcher(other.person());
    assertThat(apps(token)).isEqualTo(200);

    JsonNode reset = administrator.done("$account-reset", "id", other.id());

    String password = text(reset, "password");
    assertThat(apps(token)).isEqualTo(401);
    assertThat(other.person().open("/account")).contains("/sign-in");
    assertThat(accounts.check(other.person().login(), other.person().password())).isEmpty();
    assertThat(accounts.check(other.person().login(), password)).isPresent();
    assertThat(text(reset, "account", "second-factor")).isEqualTo("true");
    assertThat(text(reset, "account", "must-change-password")).isEqualTo("true");
    assertThat(text(reset, "account", "last-sign-in")).startsWith("20");
    assertThat(audit("$account-reset", other.id()).toString()).doesNotContain(password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$account-second-factor-remove", "$account-sign-out"})
  void everySessionAndTokenEnds(String operation) {
    Administrator other = Administrator.fresh();
    Token token = launcher(other.person());
    assertThat(apps(token)).isEqualTo(200);

    JsonNode done = administrator.done(operation, "id", other.id());

    assertThat(apps(token)).isEqualTo(401);
    assertThat(other.http().get("/fhir/$accounts").status()).isEqualTo(401);
    assertThat(other.person().open("/account")).contains("/sign-in");
    assertThat(text(done, "account", "second-factor"))
        .isEqualTo(operation.contains("factor") ? "false" : "true");
    assertThat(audit(operation, other.id()).at("/agent/0/altId").asText())
        .isEqualTo(administrator.id());
  }

  @Test
  void whoIsKeptOutByGuessersIsLetTryAgain() {
    Person person = Person.with("auditor", null);
    String id = Administrator.id(person);
    assertThat(state(id)).isEqualTo("active");
    for (int i = 0; i < 6; i++) {
      person.guess("a wrong password " + i);
    }
    assertThat(state(id)).isEqualTo("locked");
    assertThat(text(found("name", person.login(), "state", "locked"), "account", "id"))
        .isEqualTo(id);
    assertThat(all(found("name", person.login(), "state", "active"), "account")).isEmpty();

    assertThat(text(administrator.done("$account-unlock", "id", id), "account", "state"))
        .isEqualTo("active");

    assertThat(person.signIn("/account")).endsWith("/account");
    assertThat(text(found("id", id), "account", "last-sign-in")).startsWith("20");
    audit("$account-unlock", id);
  }

  @Test
  void nobodyLocksThemselvesOut() {
    String self = administrator.id();
    for (String operation :
        List.of("$account-close", "$account-reset", "$account-second-factor-remove")) {
      Answer refused = administrator.post(operation, "id", self);
      assertThat(refused.status()).as(operation).isEqualTo(409);
      assertThat(refused.issues()).contains("/account");
    }
    assertThat(administrator.post("$account-roles", "id", self, "role", "auditor").status())
        .isEqualTo(409);
    assertThat(text(found("id", self), "account", "self")).isEqualTo("true");
    assertThat(text(found("id", self), "account", "role")).isEqualTo("administrator");
  }

  @ParameterizedTest
  @CsvSource({
    "$account-open, login, 'has space', 400",
    "$account-open, login, '', 400",
    "$account-open, login, ADMIN, 409",
    "$account-open, name, '', 400",
    "$account-open, role, superuser, 400",
    "$account-open, role, '', 400",
    "$account-open, email, nowhere, 400",
    "$account-open, fhir-user, Device/1, 400",
    "$account-roles, id, 'no uuid', 400",
    "$account-roles, id, '', 400",
    "$account-roles, id, 00000000-0000-0000-0000-000000000000, 404",
    "$account-close, id, 00000000-0000-0000-0000-000000000000, 404",
    "$account-reset, id, x, 400",
    "$account-second-factor-remove, id, x, 400",
    "$account-unlock, id, x, 400",
    "$account-sign-out, id, 00000000-0000-0000-0000-000000000000, 404",
    "$accounts, role, superuser, 400",
    "$accounts, state, asleep, 400",
    "$accounts, _count, 0, 400",
    "$accounts, after, x, 400",
  })
  void whatIsWrongIsNamed(String operation, String name, String value, int status) {
    List<String> parameters =
        new ArrayList<>(
            operation.equals("$account-open")
                ? List.of(
                    "login", login(), "name", "A", "role", "physician", "fhir-user", PHYSICIAN)
                : operation.equals("$account-roles") ? List.of("role", "auditor") : List.of());
    int at = parameters.indexOf(name);
    if (at >= 0 && at % 2 == 0) {
      parameters.set(at + 1, value);
    } else {
      parameters.addAll(List.of(name, value));
    }

    Answer refused = administrator.post(operation, parameters.toArray(String[]::new));

    assertThat(refused.status()).as(refused.text()).isEqualTo(status);
    assertThat(refused.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(refused.issues()).contains("\"" + name + "\"");
  }

  @Test
  void arePagedInTheOrderOfTheirNames() {
    String mark = UUID.randomUUID().toString().substring(0, 8);
    for (String name : new String[] {"b", "A", "c"}) {
      administrator.done(
          "$account-open", "login", mark + name, "name", name + " " + mark, "role", "auditor");
    }

    JsonNode first = found("name", mark, "_count", "2");
    JsonNode second = found("name", mark, "_count", "2", "after", text(first, "next"));

    assertThat(all(first, "account"))
        .extracting(account -> text(account, "name"))
        .containsExactly("A " + mark, "b " + mark);
    assertThat(all(second, "account"))
        .extracting(account -> text(account, "name"))
        .containsExactly("c " + mark);
    assertThat(text(second, "next")).isEmpty();
    assertThat(all(found("name", "%"), "account")).isEmpty();
  }

  /** An address is logged, and a browser follows a foreign link to one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$account-close",
        "$account-reset",
        "$account-sign-out",
        "$account-unlock",
        "$account-second-factor-remove"
      })
  void anAddressChangesNothing(String operation) {
    String id = text(open(login()), "account", "id");

    assertThat(administrator.http().get("/fhir/" + operation + "?id=" + id).status())
        .isIn(400, 404, 405);

    assertThat(state(id)).isEqualTo("active");
  }
}
