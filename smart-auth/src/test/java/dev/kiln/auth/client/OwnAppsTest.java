package dev.kiln.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.Accounts.Ceiling;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.testing.App;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Server;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Apps that are a part of the server: nobody is asked about them, and nobody passes for one. */
class OwnAppsTest {

  private final Server server = Server.get();
  private final App browser = App.of(Kind.PUBLIC).signIn("drake");

  /** Other tests start processes at other addresses, and the last one to start has the say. */
  @BeforeEach
  void registerAtTheAddressOfThisProcess() {
    server.bean(OwnApps.class).afterSingletonsInstantiated();
  }

  private Map<String, Object> request(String redirect) {
    Map<String, Object> request = browser.request("openid app.launch message.read");
    request.put("client_id", Server.OWN_APP);
    request.put("redirect_uri", redirect);
    return request;
  }

  @Test
  void nobodyIsAskedForConsent() {
    Answer begun = browser.authorize(request(server.address() + "/own/"));
    assertThat(begun.header("Location")).contains("/consent?");

    HttpResponse<String> passed = browser.person.get(path(begun.header("Location")));

    assertThat(passed.headers().firstValue("Location").orElse(""))
        .startsWith(server.address() + "/own/?")
        .contains("code=");
  }

  /** The library lets apps of this machine come back at any port. */
  @Test
  void anotherProgramOfThisMachineGetsNoCode() {
    Answer answer = browser.authorize(request("http://127.0.0.1:1/own/"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Location")).isNullOrEmpty();
  }

  @Test
  void foreignAppsMayLessThanThePersonWhoLetsThemIn() {
    Ceiling person = new Ceiling(Set.of(), Set.of("message.read", "account.manage"));
    OwnApps apps = server.bean(OwnApps.class);

    assertThat(apps.ceiling(Server.OWN_APP, person)).isEqualTo(person);
    assertThat(apps.ceiling("another", person).rights()).containsExactly("message.read");
  }

  private String path(String location) {
    return location.startsWith(server.address())
        ? location.substring(server.address().length())
        : location;
  }
}
