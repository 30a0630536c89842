package dev.kiln.routes.inbox.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.inbox.seal.MessageSeal.Part;
import dev.kiln.routes.inbox.seal.MessageSeal.Sealed;
import dev.kiln.routes.settings.WrongKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageSealTest {

  private static final byte[] TEXT = "PID|1||Kettle".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private final MessageId message = new MessageId(UUID.randomUUID());

  private MessageSeal seal(Path file) {
    return new MessageSeal(new KeyFile(file).keys(), new byte[32]);
  }

  private Path file(int number) {
    Path file = folder.resolve("sub/" + number + ".key");
    new KeyFile(file).make(number);
    return file;
  }

  @Test
  void whatIsSealedIsOpenedAsTheSamePartOfTheSameMessageOnly() {
    Path file = file(1);
    Sealed sealed = seal(file).seal(message, Part.RAW, TEXT);
    assertThat(sealed.key()).isEqualTo(1);
    assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("Kettle");
    assertThat(seal(file).open(message, Part.RAW, sealed)).isEqualTo(TEXT);
    assertThat(seal(file).seal(message, Part.RAW, TEXT).bytes()).isNotEqualTo(sealed.bytes());

    broken(seal(file), new MessageId(UUID.randomUUID()), Part.RAW, sealed);
    broken(seal(file), message, Part.DETAIL, sealed);
    broken(seal(file), message, Part.RAW, new Sealed(1, new byte[27]));
    sealed.bytes()[20] ^= 1;
    broken(seal(file), message, Part.RAW, sealed);
  }

  @Test
  void theKeysNumberBelongsToWhatIsSealed() throws IOException {
    Path file = file(1);
    Sealed sealed = seal(file).seal(message, Part.RAW, TEXT);
    // The same key under two numbers: only the number itself can tell them apart.
    Files.writeString(file, Files.readString(file) + Files.readString(file).replace("1 ", "2 "));
    assertThat(seal(file).open(message, Part.RAW, sealed)).isEqualTo(TEXT);
    broken(seal(file), message, Part.RAW, new Sealed(2, sealed.bytes()));
    broken(seal(file), message, Part.RAW, new Sealed(3, sealed.bytes()));
  }

  private static void broken(MessageSeal seal, MessageId message, Part part, Sealed sealed) {
    assertThatThrownBy(() -> seal.open(message, part, sealed)).isInstanceOf(SealBroken.class);
  }

  @Test
  void anotherKeyDoesNotOpenAndANewOneSealsWhileTheOldOneOpens() throws IOException {
    Path first = file(1);
    Sealed old = seal(first).seal(message, Part.RAW, TEXT);
    Files.delete(first);
    broken(seal(file(1)), message, Part.RAW, old);

    Path keys = file(7);
    Sealed seventh = seal(keys).seal(message, Part.RAW, TEXT);
    Files.writeString(keys, Files.readString(file(12)) + "\n" + Files.readString(keys));
    assertThat(seal(keys).seal(message, Part.RAW, TEXT).key()).isEqualTo(12);
    assertThat(seal(keys).open(message, Part.RAW, seventh)).isEqualTo(TEXT);
  }

  @Test
  void plainBytesOfAnEarlierReleaseAreReadAsTheyAre() {
    assertThat(seal(file(1)).open(message, Part.RAW, new Sealed(MessageSeal.PLAIN, TEXT)))
        .isEqualTo(TEXT);
  }

  @Test
  void theFileIsForItsOwnerAloneAndIsNeverMadeTwice() throws IOException {
    Path file = file(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> new KeyFile(file).make(2)).isInstanceOf(WrongKey.class);
    assertThat(new KeyFile(file).keys()).containsOnlyKeys(1);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    refused(file, "chmod 600");
  }

  @Test
  void aFileThatIsWrittenWrongIsRefusedWithoutQuotingIt() throws IOException {
    Path file = file(1);
    String good = Files.readString(file);
    Files.writeString(file, good + "2 c2hvcnQ=\n");
    refused(file, "Line 2 of the key file");
    Files.writeString(file, good + good);
    refused(file, "two keys 1");
    Files.writeString(file, "\n");
    refused(file, "is empty");
    Files.delete(file);
    refused(file, "cannot be read");
  }

  private static void refused(Path file, String sentence) {
    assertThatThrownBy(() -> new KeyFile(file).keys())
        .isInstanceOf(WrongKey.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("c2hvcnQ");
  }
}
