package dev.kiln.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.AuthSettings;
import dev.kiln.auth.secret.SealingKey;
import dev.kiln.auth.signin.Attempts.Target;
import dev.kiln.testing.Server;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AttemptsTest {

  private final SealingKey key = SealingKey.of(Base64.getEncoder().encodeToString(new byte[32]));
  private final JdbcClient jdbc = JdbcClient.create(Server.get().database());
  private final Attempts attempts = attempts();
  private final Target target = Target.login(Server.name("target"));

  @Test
  void manyAtOnceGetNoFurtherThanOneAfterTheOther() {
    long passed = IntStream.range(0, 40).parallel().filter(i -> attempts.begin(target)).count();
    assertThat(passed).isEqualTo(5);
  }

  @Test
  void aRestartForgetsNothing() {
    IntStream.range(0, 5).forEach(i -> attempts.begin(target));
    assertThat(attempts().begin(target)).isFalse();
  }

  @Test
  void theWaitDoublesUpToTheWindowAndIsForgottenAfterIt() {
    IntStream.range(0, 5).forEach(i -> attempts.begin(target));
    assertThat(waiting()).isBetween(50.0, 60.0);
    pass(Duration.ofSeconds(61));
    assertThat(attempts.begin(target)).isTrue();
    assertThat(attempts.begin(target)).isFalse();
    assertThat(waiting()).isBetween(110.0, 120.0);
    for (int i = 0; i < 6; i++) {
      pass(Duration.ofMinutes(16));
      attempts.begin(target);
    }
    assertThat(waiting()).isBetween(890.0, 900.0);
    pass(Duration.ofMinutes(31));
    assertThat(attempts.begin(target)).isTrue();
    assertThat(attempts.begin(target)).isTrue();
  }

  @Test
  void attemptsWhileWaitingDoNotMakeItLonger() {
    IntStream.range(0, 5).forEach(i -> attempts.begin(target));
    double before = waiting();
    IntStream.range(0, 20).forEach(i -> attempts.begin(target));
    assertThat(waiting()).isLessThanOrEqualTo(before);
  }

  @Test
  void aRightOneFromAnAddressTakesBackOnlyItself() {
    Target address = Target.address(Server.name("192.0.2."));
    IntStream.range(0, 19).forEach(i -> attempts.begin(address));
    assertThat(attempts.begin(address)).isTrue();
    attempts.right(address);
    assertThat(attempts.begin(address)).isTrue();
    assertThat(attempts.begin(address)).isFalse();
  }

  @Test
  void addressesOfOneNetworkOfVersion6AreOne() {
    assertThat(Target.address("2001:db8:0:1::7")).isEqualTo(Target.address("2001:db8:0:1:ffff::1"));
    assertThat(Target.address("2001:db8:0:1::7")).isNotEqualTo(Target.address("2001:db8:0:2::7"));
    assertThat(Target.address("192.0.2.1")).isNotEqualTo(Target.address("192.0.2.2"));
  }

  @Test
  void whatWasTypedIsNotKept() {
    attempts.begin(Target.login("my-secret-typed-in-the-wrong-field"));
    assertThat(jdbc.sql("select encode(digest, 'escape') from attempt").query(String.class).list())
        .noneMatch(kept -> kept.contains("my-secret"));
  }

  private Attempts attempts() {
    return new Attempts(jdbc, key, new AuthSettings.Attempts(5, 20, Duration.ofMinutes(15)));
  }

  private double waiting() {
    return jdbc.sql(
            "select extract(epoch from free_from - now()) from attempt where digest = :digest")
        .param("digest", digest())
        .query(Double.class)
        .single();
  }

  private void pass(Duration time) {
    jdbc.sql(
            """
            update attempt set free_from = free_from - :time * interval '1 second'
            where digest = :digest
            """)
        .param("time", time.toSeconds())
        .param("digest", digest())
        .update();
  }

  private byte[] digest() {
    return key.sign("attempt LOGIN " + target.value());
  }
}
