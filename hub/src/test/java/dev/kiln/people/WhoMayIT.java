package dev.kiln.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.RunningHub;
import dev.kiln.access.smart.Person;
import dev.kiln.access.smart.SmartApp;
import dev.kiln.access.smart.Token;
import dev.kiln.auth.account.Role;
import dev.kiln.auth.account.Roles;
import dev.kiln.auth.client.Clients;
import dev.kiln.fhir.access.Scopes;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever may open accounts may do everything, so that nobody but administrators may. */
class WhoMayIT {

  private static final List<String> CHANGES =
      List.of(
          "$account-open",
          "$account-roles",
          "$account-close",
          "$account-reset",
          "$account-second-factor-remove",
          "$account-unlock",
          "$account-sign-out",
          "$client-register",
          "$client-disable",
          "$client-enable",
          "$client-secret",
          "$client-remove");

  private static final RunningHub hub = RunningHub.get();

  static Stream<Role> roles() {
    return hub.bean(Roles.class).all().stream().filter(role -> !isAdministrator(role));
  }

  private static boolean isAdministrator(Role role) {
    return role.name().equals("administrator");
  }

  private static void staysOut(Http http, int status) {
    for (String shows : List.of("$accounts", "$clients")) {
      assertThat(http.get("/fhir/" + shows).status()).as(shows).isEqualTo(status);
      assertThat(Administrator.post(http, shows).status()).as(shows).isEqualTo(status);
    }
    String victim = Administrator.get().id();
    for (String operation : CHANGES) {
      assertThat(
              Administrator.post(
                      http,
                      operation,
                      "id",
                      victim,
                      "role",
                      "administrator",
                      "login",
                      "intruder",
                      "name",
                      "Intruder",
                      "kind",
                      "public",
                      "scope",
                      "openid",
                      "redirect-uri",
                      "https://intruder.example.org/")
                  .status())
          .as(operation)
          .isEqualTo(status);
    }
  }

  @ParameterizedTest
  @MethodSource("roles")
  void noOtherRoleMay(Role role) {
    String person =
        role.people().stream().sorted().findFirst().map(type -> type + "/1").orElse(null);
    Token token = Administrator.signIn(Person.with(role.name(), person));

    assertThat(token.scopes()).doesNotContain("account.manage", "client.manage");
    staysOut(token.http(), 403);
  }

  /** One that may write everything could make itself an administrator. */
  @Test
  void noServiceMayHoweverMuchItMay() {
    staysOut(hub.as(Scopes.ofSystem("system/*.cruds")), 403);
    staysOut(SmartApp.service("system/*.cruds").ofItself("system/*.cruds").http(), 403);
    staysOut(hub.http(), 403);
    staysOut(hub.stranger(), 401);
  }

  @Test
  void oneRightIsNotTheOther() {
    Http accounts = hub.as(Scopes.ofEngineer("account.manage"));
    Http clients = hub.as(Scopes.ofEngineer("client.manage"));
    assertThat(accounts.get("/fhir/$accounts?_count=1").status()).isEqualTo(200);
    assertThat(accounts.get("/fhir/$clients").status()).isEqualTo(403);
    assertThat(clients.get("/fhir/$clients").status()).isEqualTo(200);
    assertThat(clients.get("/fhir/$accounts?_count=1").status()).isEqualTo(403);
    staysOut(hub.as(Scopes.ofEngineer("message.read", "message.reveal", "app.launch")), 403);
  }

  /** An administrator who lets a foreign app in does not thereby give it the keys. */
  @Test
  void noForeignAppMayWhoeverLetsItIn() {
    Administrator administrator = Administrator.fresh();
    assertThat(
            hub.http()
                .post(
                    "/operator/clients",
                    """
                    {"client_name": "Keys", "scope": "openid account.manage",
                     "token_endpoint_auth_method": "none",
                     "redirect_uris": ["https://keys.example.org/"]}""",
                    Person.JSON)
                .text())
        .contains("account.manage");

    SmartApp app = SmartApp.of(SmartApp.Kind.PUBLIC, "openid message.read");
    Token token = app.standalone(administrator.person(), null, "openid message.read");
    assertThat(token.http().get("/fhir/$messages?_count=1").status()).isEqualTo(200);
    JdbcClient database = JdbcClient.create(hub.bean("authDataSource", DataSource.class));
    for (String table : List.of("client", "access_token")) {
      assertThat(
              database
                  .sql(
                      "update %s set scopes = scopes || ' account.manage' where client_id = ?"
                          .formatted(table))
                  .param(app.clientId())
                  .update())
          .isEqualTo(1);
    }

    assertThat(token.http().get("/fhir/$messages?_count=1").status()).isEqualTo(200);
    staysOut(token.http(), 403);
    assertThat(app.sentTo(administrator.person(), "openid account.manage"))
        .contains("error=invalid_scope");
    hub.bean(Clients.class).remove(app.clientId());
  }
}
