package dev.kiln.auth.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingKeyTest {

  @TempDir private Path folder;

  @Test
  void whatIsSealedIsOpenedWithTheSameKeyForTheSameOneOnly() {
    Path file = folder.resolve("auth.key");
    byte[] secret = SealingKey.in(file).seal("JBSWY3DP", "account 1");
    assertThat(new String(secret)).doesNotContain("JBSWY3DP");
    assertThat(SealingKey.in(file).open(secret, "account 1")).contains("JBSWY3DP");
    assertThat(SealingKey.in(file).open(secret, "account 2")).isEmpty();
    assertThat(SealingKey.in(folder.resolve("other.key")).open(secret, "account 1")).isEmpty();
    secret[secret.length - 1] ^= 1;
    assertThat(SealingKey.in(file).open(secret, "account 1")).isEmpty();
    assertThat(SealingKey.in(file).open(new byte[3], "account 1")).isEmpty();
  }

  @Test
  void theFileIsForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("sub/auth.key");
    SealingKey.in(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> SealingKey.in(file)).hasMessageContaining("chmod 600");
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> SealingKey.of("c2hvcnQ="))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("c2hvcnQ");
  }
}
