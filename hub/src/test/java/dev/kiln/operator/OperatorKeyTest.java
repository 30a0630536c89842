package dev.kiln.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorKeyTest {

  @TempDir private Path folder;

  @Test
  void isMadeForItsOwnerAndStaysTheSame() throws Exception {
    Path file = folder.resolve("operator.key");
    String keys = OperatorKey.in(file).publicKeys();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(OperatorKey.in(file).publicKeys()).isEqualTo(keys).doesNotContain("\"d\"");
  }

  @Test
  void isRefusedWhereOthersCanReadIt() throws Exception {
    Path file = folder.resolve("operator.key");
    OperatorKey.in(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> OperatorKey.read(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("chmod 600");
  }
}
