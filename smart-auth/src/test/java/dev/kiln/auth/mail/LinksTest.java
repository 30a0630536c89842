package dev.kiln.auth.mail;

import static dev.kiln.testing.Person.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.AccessTokens;
import dev.kiln.auth.AccessTokens.Grant;
import dev.kiln.auth.Account;
import dev.kiln.auth.account.NewAccount;
import dev.kiln.auth.client.Clients.Kind;
import dev.kiln.testing.App;
import dev.kiln.testing.Http.Answer;
import dev.kiln.testing.Person;
import dev.kiln.testing.Server;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Invitations and lost passwords, with an SMTP server. */
class LinksTest {

  private static final String NEW = "seven purple otters";

  private final Server server = Server.get();
  private final Person person = new Person(server.address());

  @Test
  void whoeverIsInvitedChoosesAPasswordOnce() throws Exception {
    String login = Server.name("invited");
    Account account =
        server
            .accounts()
            .open(
                new NewAccount(
                    login,
                    "Inés Prado",
                    login + "@example.org",
                    "Patient/alba",
                    Set.of("patient"),
                    "es"));
    server.bean(MailedLinks.class).invite(account);
    MimeMessage mail = mailTo(login, 1).get(0);
    assertThat(mail.getSubject()).isEqualTo("Su cuenta en Kiln");
    assertThat((String) mail.getContent()).contains("Inés Prado", login, "3 días");
    String path = path(mail);
    assertThat(path).startsWith("/invitation/");

    // Mail filters look at links.
    assertThat(person.get(path).statusCode()).isEqualTo(200);
    assertThat(person.get(path).statusCode()).isEqualTo(200);
    assertThat(choose(path, "too short").body()).contains("too short");
    assertThat(location(choose(path, NEW))).endsWith("/sign-in?password-changed");
    assertThat(person.get(path).statusCode()).isEqualTo(404);
    assertThat(choose(path, "another good password").statusCode()).isEqualTo(404);
    person.signIn(login, NEW);
    assertThat(person.isIn()).isTrue();
  }

  @Test
  void aLostPasswordIsReplacedAndAllSessionsAndAppsAreShownOut() throws Exception {
    String login = Server.name("forgetful");
    server.physician(login);
    App thief = App.of(Kind.PUBLIC);
    Answer token = thief.launch(login, "openid offline_access user/*.rs");
    assertThat(grant(token)).isPresent();
    forgotten(login.toUpperCase());
    forgotten(login + "@example.org");
    List<MimeMessage> mails = mailTo(login, 2);
    String path = path(mails.get(0));
    person.get(path);
    assertThat(location(choose(path, NEW))).endsWith("/sign-in?password-changed");
    assertThat(thief.person.isIn()).isFalse();
    assertThat(grant(token)).isEmpty();
    assertThat(thief.refresh((String) token.get("refresh_token")).get("error"))
        .isEqualTo("invalid_grant");
    // The other link is void too.
    assertThat(person.get(path(mails.get(1))).statusCode()).isEqualTo(404);
    person.signIn(login, NEW);
    assertThat(person.isIn()).isTrue();
  }

  @Test
  void theAnswerIsTheSameForEverybody() {
    String login = Server.name("asked");
    server.physician(login);
    HttpResponse<String> known = forgotten(login);
    HttpResponse<String> unknown = forgotten("un" + login);
    assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
    assertThat(unknown.body()).isEqualTo(known.body());
  }

  @Test
  void nobodysMailboxIsFlooded() throws Exception {
    String login = Server.name("flooded");
    server.physician(login);
    for (int i = 0; i < 20; i++) {
      forgotten(login);
    }
    mailTo(login, 5);
    Thread.sleep(500);
    assertThat(mailTo(login, 5)).hasSize(5);
  }

  @Test
  void aLinkIsOverAfterItsTimeAndOnlyItsDigestIsKept() throws Exception {
    String login = Server.name("late");
    server.physician(login);
    forgotten(login);
    String path = path(mailTo(login, 1).get(0));
    String token = path.substring(path.lastIndexOf('/') + 1);
    JdbcClient jdbc = JdbcClient.create(server.database());
    assertThat(
            jdbc.sql("select encode(digest, 'escape') from mailed_link").query(String.class).list())
        .isNotEmpty()
        .noneMatch(kept -> kept.contains(token));
    // It is a link for a lost password, and none for an invitation.
    assertThat(person.get("/invitation/" + token).statusCode()).isEqualTo(404);
    assertThat(person.get(path).statusCode()).isEqualTo(200);
    jdbc.sql("update mailed_link set expires = expires - interval '31 minutes'").update();
    assertThat(person.get(path).statusCode()).isEqualTo(404);
  }

  private Optional<Grant> grant(Answer token) {
    return server.bean(AccessTokens.class).grant((String) token.get("access_token"));
  }

  private HttpResponse<String> forgotten(String login) {
    person.get("/reset");
    return person.post("/reset", "login", login);
  }

  private HttpResponse<String> choose(String path, String password) {
    return person.post(path, "new-password", password, "repeated-password", password);
  }

  private List<MimeMessage> mailTo(String login, int atLeast) throws Exception {
    for (int i = 0; i < 200; i++) {
      List<MimeMessage> found =
          Arrays.stream(server.mail().getReceivedMessages())
              .filter(mail -> isTo(mail, login + "@example.org"))
              .toList();
      if (found.size() >= atLeast) {
        return found;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("No e-mail came");
  }

  private static boolean isTo(MimeMessage mail, String address) {
    try {
      return mail.getAllRecipients()[0].toString().equals(address);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private String path(MimeMessage mail) throws MessagingException, IOException {
    Matcher link =
        Pattern.compile(Pattern.quote(server.address()) + "(/\\S+)")
            .matcher((String) mail.getContent());
    assertThat(link.find()).isTrue();
    return link.group(1);
  }
}
