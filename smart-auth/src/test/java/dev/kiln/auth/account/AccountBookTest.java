package dev.kiln.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.auth.Account;
import dev.kiln.testing.Server;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class AccountBookTest {

  private final Server server = Server.get();
  private final AccountBook accounts = server.accounts();

  @Test
  void loginNamesAreTheSameInUpperAndLowerCase() {
    String login = Server.name("Öztürk.");
    Account account = server.physician(login);
    assertThat(accounts.byLogin(login.toUpperCase())).contains(account);
    assertThatThrownBy(() -> server.physician(login.toLowerCase())).hasMessageContaining("already");
  }

  @ParameterizedTest
  @CsvSource({
    "has space, physician, Practitioner/1",
    "'', physician, Practitioner/1",
    "fine, physician, Patient/1",
    "fine, physician, ",
    "fine, patient, ",
    "fine, superuser, Practitioner/1",
    "fine, physician, Device/1",
    "fine, physician, Practitioner/../1",
  })
  void whatMakesNoSenseIsRefused(String login, String role, String fhirUser) {
    assertThatThrownBy(
            () -> accounts.open(new NewAccount(login, "Name", null, fhirUser, Set.of(role), null)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void passwordsAreKeptAsArgon2idWithTheAdvisedCost() {
    String login = Server.name("hashed");
    server.physician(login);
    String hash =
        JdbcClient.create(server.database())
            .sql("select password_hash from account where login = :login")
            .param("login", login)
            .query(String.class)
            .single();
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void nobodySignsInBeforeAPasswordIsSet() {
    String login = Server.name("bare");
    accounts.open(new NewAccount(login, "Name", null, "Practitioner/1", Set.of("physician"), null));
    assertThat(accounts.check(login, "")).isEmpty();
    assertThat(accounts.check(login, "null")).isEmpty();
  }

  @Test
  void aClosedAccountIsNobodys() {
    Account account = server.physician(Server.name("closed"));
    accounts.close(account);
    assertThat(accounts.byId(account.id())).isEmpty();
    assertThat(accounts.byId("no uuid")).isEmpty();
  }

  @Test
  void theFirstAdministratorIsOpenedOnceWithAPasswordForOnce() {
    try (HikariDataSource empty = server.empty()) {
      AccountBook book =
          new AccountBook(
              new AccountTable(JdbcClient.create(empty)),
              new Roles(),
              new Passwords(),
              new PasswordRules());
      FirstAdministrator first = new FirstAdministrator(book);
      Optional<FirstAdministrator.Credentials> printed = first.open();
      assertThat(printed.orElseThrow().login()).isEqualTo("admin");
      assertThat(printed.toString()).doesNotContain(printed.get().oneTimePassword());
      Account admin = book.check("admin", printed.get().oneTimePassword()).orElseThrow();
      assertThat(book.details(admin.id()).orElseThrow().mustChangePassword()).isTrue();
      assertThat(first.open()).isEmpty();
      book.close(admin);
      assertThat(first.open()).isEmpty();
    }
  }
}
