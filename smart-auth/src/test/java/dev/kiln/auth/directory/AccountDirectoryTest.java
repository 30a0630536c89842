package dev.kiln.auth.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.auth.Account;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.account.NewAccount;
import dev.kiln.auth.directory.AccountDirectory.Page;
import dev.kiln.auth.directory.AccountDirectory.Refused;
import dev.kiln.auth.directory.AccountDirectory.Search;
import dev.kiln.auth.directory.Entry.State;
import dev.kiln.testing.Server;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AccountDirectoryTest {

  private final Server server = Server.get();
  private final AccountBook accounts = server.accounts();
  private final AccountDirectory directory = server.bean(AccountDirectory.class);

  private Account administrator() {
    return server.account(Server.name("looks-after"), "administrator", null);
  }

  private Entry entry(Account account) {
    return directory.byId(UUID.fromString(account.id())).orElseThrow();
  }

  private List<String> found(String name, String role, State... states) {
    return directory.find(new Search(name, role, Set.of(states)), null, 10).entries().stream()
        .map(Entry::login)
        .toList();
  }

  @Test
  void findsByPartOfANameByRoleAndByState() {
    String mark = Server.name("Sought_");
    Account active = server.physician(mark + "active");
    Account closed = server.physician(mark + "closed");
    accounts.close(closed);
    accounts.open(
        new NewAccount(mark + "bare", "Name", null, "Practitioner/1", Set.of("physician"), null));

    assertThat(found(mark.toLowerCase(), null, State.ACTIVE)).containsExactly(mark + "active");
    assertThat(found(mark, null, State.CLOSED)).containsExactly(mark + "closed");
    assertThat(found(mark, null, State.INVITED)).containsExactly(mark + "bare");
    assertThat(found(mark, "physician", State.values())).hasSize(3);
    assertThat(found(mark, "nurse", State.values())).isEmpty();
    assertThat(found(mark, null, State.LOCKED)).isEmpty();
    assertThat(found(mark.replace('_', 'x'), null, State.values())).isEmpty();
    assertThat(entry(active).email()).isEqualTo(mark + "active@example.org");
  }

  @Test
  void pagesThroughAllOfThemOnce() {
    String mark = Server.name("paged");
    List<String> opened = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      opened.add(server.physician(mark + "-" + i).id());
    }
    List<String> seen = new ArrayList<>();
    UUID after = null;
    do {
      Page page = directory.find(new Search(mark, null, EnumSet.allOf(State.class)), after, 3);
      page.entries().forEach(entry -> seen.add(entry.account().id()));
      after = page.next() == null ? null : UUID.fromString(page.next());
    } while (after != null);
    assertThat(seen).containsExactlyElementsOf(opened);
  }

  @Test
  void rolesAreThoseThatTheAccountMayHave() {
    Account by = administrator();
    Entry physician = entry(server.physician(Server.name("changed")));

    directory.changeRoles(by.id(), physician, Set.of("nurse", "auditor"));

    assertThat(accounts.byId(physician.account().id()).orElseThrow().roles())
        .containsExactlyInAnyOrder("nurse", "auditor");
    for (Set<String> wrong : List.of(Set.of("patient"), Set.<String>of(), Set.of("superuser"))) {
      assertThatThrownBy(() -> directory.changeRoles(by.id(), physician, wrong))
          .isInstanceOfSatisfying(
              NewAccount.Wrong.class, e -> assertThat(e.component()).isEqualTo("roles"));
    }
  }

  @Test
  void nobodyLocksThemselvesOut() {
    Account self = administrator();
    assertThatThrownBy(() -> directory.close(self.id(), entry(self))).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> directory.replacePassword(self.id(), entry(self)))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(() -> directory.removeSecondFactor(self.id(), entry(self)))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(() -> directory.changeRoles(self.id(), entry(self), Set.of("auditor")))
        .isInstanceOf(Refused.class);
    directory.changeRoles(self.id(), entry(self), Set.of("administrator", "auditor"));
    assertThat(accounts.byId(self.id()).orElseThrow().roles()).hasSize(2);
    assertThat(accounts.hasPassword(self, Server.PASSWORD)).isTrue();
  }

  @Test
  void whoLooksAfterNobodyAnyMoreChangesNobody() {
    Account former = administrator();
    Entry other = entry(server.physician(Server.name("stays")));
    directory.changeRoles(administrator().id(), entry(former), Set.of("auditor"));

    assertThatThrownBy(() -> directory.close(former.id(), other)).isInstanceOf(Refused.class);
    assertThatThrownBy(
            () -> directory.changeRoles(former.id(), entry(former), Set.of("administrator")))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(() -> directory.replacePassword(former.id(), other))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(() -> directory.removeSecondFactor(former.id(), other))
        .isInstanceOf(Refused.class);
    assertThat(entry(other.account()).state()).isEqualTo(State.ACTIVE);
    assertThat(accounts.hasPassword(other.account(), Server.PASSWORD)).isTrue();
  }

  /** Without the lock both would see the other one there, and nobody would be left. */
  @Test
  void ofTwoWhoCloseEachOtherOneIsLeft() throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        Account one = administrator();
        Account other = administrator();
        Entry first = entry(one);
        Entry second = entry(other);
        List<Future<Boolean>> closings =
            two.invokeAll(List.of(closing(one, second), closing(other, first)));
        assertThat(List.of(closings.get(0).get(), closings.get(1).get()))
            .containsExactlyInAnyOrder(true, false);
      }
    } finally {
      two.shutdown();
    }
  }

  private Callable<Boolean> closing(Account by, Entry whom) {
    return () -> {
      try {
        directory.close(by.id(), whom);
        return true;
      } catch (Refused e) {
        return false;
      }
    };
  }

  @Test
  void aSignInIsNoted() {
    Account account = server.physician(Server.name("noted"));
    assertThat(entry(account).lastSignIn()).isNull();
    accounts.signedIn(account);
    assertThat(entry(account).lastSignIn()).isNotNull();
  }

  @Test
  void aReplacedPasswordLeavesTheSecondFactor() {
    Account account = server.physician(Server.name("replaced"));
    JdbcClient.create(server.database())
        .sql(
            "insert into second_factor (account, secret, last_step) values (?::uuid, ''::bytea, 0)")
        .param(account.id())
        .update();

    String password = directory.replacePassword(administrator().id(), entry(account));

    assertThat(accounts.hasPassword(account, Server.PASSWORD)).isFalse();
    assertThat(accounts.hasPassword(account, password)).isTrue();
    assertThat(entry(account).hasSecondFactor()).isTrue();
    assertThat(entry(account).mustChangePassword()).isTrue();
    directory.removeSecondFactor(administrator().id(), entry(account));
    assertThat(entry(account).hasSecondFactor()).isFalse();
  }
}
