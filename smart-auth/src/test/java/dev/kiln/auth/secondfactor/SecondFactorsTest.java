package dev.kiln.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import dev.kiln.auth.Account;
import dev.kiln.testing.Phone;
import dev.kiln.testing.Server;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;

class SecondFactorsTest {

  private final Server server = Server.get();
  private final SecondFactors factors = server.bean(SecondFactors.class);
  private final Account account = server.physician(Server.name("factor"));
  private final MockHttpSession session = new MockHttpSession();
  private final SecondFactors.Enrolment enrolment = factors.enrolment(account, "factor@x", session);
  private final Phone phone = new Phone(enrolment.secret());

  @Test
  void aFactorCountsOnceItIsConfirmed() {
    assertThat(factors.has(account)).isFalse();
    assertThat(factors.accepts(account, phone.code(0))).isFalse();
    assertThat(factors.confirm(account, "000000", session)).isEmpty();
    assertThat(factors.confirm(account, phone.code(0), session).orElseThrow()).hasSize(10);
    assertThat(factors.has(account)).isTrue();
  }

  @Test
  void aCodeIsTakenOnceAndNoneBeforeIt() {
    factors.confirm(account, phone.code(-1), session);
    assertThat(factors.accepts(account, phone.code(-1))).isFalse();
    String now = phone.code(0);
    assertThat(factors.accepts(account, now.substring(0, 3) + " " + now.substring(3))).isTrue();
    assertThat(factors.accepts(account, now)).isFalse();
  }

  @Test
  void ofTheSameCodeManyTimesAtOnceOneIsTaken() throws Exception {
    factors.confirm(account, phone.code(-1), session);
    String code = phone.code(0);
    assertThat(taken(() -> factors.accepts(account, code))).isEqualTo(1);
  }

  @Test
  void aRecoveryCodeIsTakenOnceHoweverItIsTyped() throws Exception {
    List<String> codes = factors.confirm(account, phone.code(0), session).orElseThrow();
    String typed = codes.get(0).replace("-", " ").toUpperCase();
    assertThat(taken(() -> factors.accepts(account, typed))).isEqualTo(1);
    assertThat(factors.recoveryCodesLeft(account)).isEqualTo(9);
    factors.renewRecoveryCodes(account);
    assertThat(factors.accepts(account, codes.get(1))).isFalse();
    assertThat(factors.recoveryCodesLeft(account)).isEqualTo(10);
  }

  @Test
  void theFormerPhoneCountsUntilTheNewOneIsConfirmed() {
    factors.confirm(account, phone.code(-1), session);
    Phone next = new Phone(factors.enrolment(account, "factor", session).secret());
    assertThat(factors.accepts(account, next.code(0))).isFalse();
    assertThat(factors.accepts(account, phone.code(0))).isTrue();
    assertThat(factors.confirm(account, next.code(0), session)).isPresent();
    assertThat(factors.accepts(account, phone.code(1))).isFalse();
    assertThat(factors.accepts(account, next.code(1))).isTrue();
  }

  @Test
  void everySessionIsShownASecretOfItsOwn() {
    assertThat(factors.enrolment(account, "factor", session).secret())
        .isEqualTo(enrolment.secret());
    MockHttpSession other = new MockHttpSession();
    String others = factors.enrolment(account, "factor", other).secret();
    assertThat(others).isNotEqualTo(enrolment.secret());
    assertThat(factors.confirm(account, phone.code(0), other)).isEmpty();

    factors.forgetProposed(other);
    assertThat(factors.enrolment(account, "factor", other).secret()).isNotEqualTo(others);
    assertThat(factors.confirm(account, new Phone(others).code(0), other)).isEmpty();
  }

  @Test
  void neitherSecretsNorRecoveryCodesLieOpenInTheDatabase() {
    List<String> codes = factors.confirm(account, phone.code(0), session).orElseThrow();
    List<byte[]> kept =
        JdbcClient.create(server.database())
            .sql(
                """
                select secret from second_factor
                union all select digest from recovery_code
                """)
            .query(byte[].class)
            .list();
    assertThat(kept.stream().map(String::new))
        .noneMatch(text -> text.contains(enrolment.secret().replace(" ", "")))
        .noneMatch(text -> codes.stream().anyMatch(text::contains));
  }

  @Test
  void theDrawnCodeReadsAsTheAddressOfTheSecret() throws NotFoundException {
    String read = read(enrolment.qrCode());
    assertThat(read).isEqualTo(enrolment.address());
    assertThat(read)
        .isEqualTo(
            "otpauth://totp/Kiln%20127.0.0.1:factor%40x?secret="
                + enrolment.secret().replace(" ", "")
                + "&issuer=Kiln%20127.0.0.1");
  }

  private static String read(QrCode code) throws NotFoundException {
    int scale = 4;
    int side = code.size() * scale;
    int[] pixels = new int[side * side];
    Arrays.fill(pixels, 0xFFFFFF);
    Matcher squares = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(code.path());
    while (squares.find()) {
      int x = Integer.parseInt(squares.group(1)) * scale;
      int y = Integer.parseInt(squares.group(2)) * scale;
      for (int i = 0; i < scale * scale; i++) {
        pixels[(y + i / scale) * side + x + i % scale] = 0;
      }
    }
    return new MultiFormatReader()
        .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels))))
        .getText();
  }

  private static long taken(Callable<Boolean> attempt)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        answers.add(threads.submit(attempt));
      }
      long count = 0;
      for (Future<Boolean> answer : answers) {
        count += answer.get() ? 1 : 0;
      }
      return count;
    } finally {
      threads.shutdown();
    }
  }
}
