package dev.kiln.auth.signin;

import dev.kiln.auth.account.LoginName;
import dev.kiln.auth.directory.SignInLocks;
import dev.kiln.auth.signin.Attempts.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Accounts against which somebody has tried too many passwords or codes. */
record WaitingAccounts(Attempts attempts) implements SignInLocks {

  @Override
  public Set<String> locked(Map<String, String> logins) {
    List<Target> targets = new ArrayList<>();
    logins.forEach((id, login) -> targets.addAll(targets(id, login)));
    Set<Target> waiting = attempts.waiting(targets);
    return logins.entrySet().stream()
        .filter(
            account ->
                targets(account.getKey(), account.getValue()).stream().anyMatch(waiting::contains))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void unlock(String account, String login) {
    targets(account, login).forEach(attempts::right);
  }

  private static List<Target> targets(String account, String login) {
    return List.of(Target.login(LoginName.key(login)), Target.code(account));
  }
}
