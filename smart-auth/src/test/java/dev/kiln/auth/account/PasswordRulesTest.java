package dev.kiln.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.account.PasswordRules.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

  private final PasswordRules rules = new PasswordRules();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery staple",
        "sevenpurpleotters",
        "mañana lloverá en Cádiz",
        "kjh2k3j4h5kj",
        "                 x y z q"
      })
  void longOnesAreTakenWhateverTheyAreMadeOf(String password) {
    assertThat(rules.fault(password, "somebody")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manchesterunited",
        "Password1234",
        "123456789012",
        "abcabcabcabc",
        "aaaaaaaaaaaaaaaa",
        "!!!dragon!!!2024",
        "1234567890123456"
      })
  void commonOnesAreNot(String password) {
    assertThat(rules.fault(password, "somebody")).contains(Fault.COMMON);
  }

  @Test
  void lengthCountsInCharactersThatPeopleSee() {
    assertThat(rules.fault("elevenchars", "somebody")).contains(Fault.TOO_SHORT);
    assertThat(rules.fault("🦦🐙🦊🐢🦉", "somebody")).contains(Fault.TOO_SHORT);
    assertThat(rules.fault("x y".repeat(86) + "z", "somebody")).contains(Fault.TOO_LONG);
  }

  @Test
  void theLoginNameIsNoPassword() {
    assertThat(rules.fault("Maria.Gomez-1", "maria.gomez")).contains(Fault.LIKE_NAME);
    assertThat(rules.fault("maria.gomez likes rainy days", "maria.gomez")).isEmpty();
  }
}
