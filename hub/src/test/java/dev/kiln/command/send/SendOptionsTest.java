package dev.kiln.command.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendOptionsTest {

  @TempDir Path folder;

  @Test
  void tellsWhereTo() {
    assertThat(SendOptions.of("send", "/a.hl7").partner()).isNull();
    assertThat(SendOptions.of("send", "/a.hl7", "--listener", "lab").listener()).isEqualTo("lab");
    assertThat(SendOptions.of("send", "/a.hl7", "--to", "lab.example.org:2575").partner())
        .isEqualTo(new Partner("lab.example.org", 2575, null));
    assertThat(SendOptions.of("send", "/a.hl7", "--to", "[fe80::1]:6661", "--tls").partner())
        .isEqualTo(new Partner("fe80::1", 6661, new PartnerTls(null, null, null)));
    assertThat(
            SendOptions.of(
                    "send",
                    "/a.hl7",
                    "--password-file",
                    "/p",
                    "--key-store",
                    "/k",
                    "--trust",
                    "/t",
                    "--tls",
                    "--to",
                    "10.0.0.1:1")
                .partner()
                .tls())
        .isEqualTo(new PartnerTls(Path.of("/t"), Path.of("/k"), Path.of("/p")));
  }

  @ParameterizedTest
  @CsvSource({
    "'send', wants a FILE",
    "'send --to a:1', wants a FILE",
    "'send f --to', --to wants a value",
    "'send f --to host', HOST:PORT",
    "'send f --to host:0', HOST:PORT",
    "'send f --to host:65536', HOST:PORT",
    "'send f --to http://host:80', HOST:PORT",
    "'send f --to a:1 --to b:2', given twice",
    "'send f --to a:1 --listener b', is not",
    "'send f --to a:1 --trust t', go with --tls",
    "'send f --to a:1 --tls --key-store k', go together",
    "'send f --tls', goes with --to",
    "'send f g', knows no g"
  })
  void whatDoesNotFitTogetherIsSaid(String line, String reason) {
    assertThatThrownBy(() -> SendOptions.of(line.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aFileIsDividedAtItsHeaders() throws Exception {
    assertThat(texts("MSH|1\r\nPID|1\r\n\r\nMSH|2\nPID|MSH\n"))
        .containsExactly("MSH|1\rPID|1\r", "MSH|2\rPID|MSH\r");
    assertThat(texts("BHS|1\nMSH|1\nMSH|2\nBTS|2\n"))
        .containsExactly("BHS|1\rMSH|1\rMSH|2\rBTS|2\r");
    assertThat(new MessagesOfFile(folder.resolve("a.hl7")).whole()).hasSize(1);
  }

  private List<String> texts(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("a.hl7"), text);
    return new MessagesOfFile(file)
        .single().stream().map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)).toList();
  }

  @Test
  void onlyItsOwnPositiveAcknowledgementAccepts() {
    byte[] message = bytes("MSH|^~\\&|A|B|C|D|1||ADT^A01|X1|P|2.5\rPID|1\r");
    assertThat(answer("MSH|^~\\&|C|D\rMSA|AA|X1\r").accepts(message)).isTrue();
    assertThat(answer("MSH|^~\\&|C|D\nMSA|CA|X1\n").accepts(message)).isTrue();
    assertThat(answer("MSH#^~\\&#C#D\rMSA#AA#X1\r").accepts(message)).isTrue();
    assertThat(answer("MSH|^~\\&|C|D\rMSA|AA|X2\r").accepts(message)).isFalse();
    assertThat(answer("MSH|^~\\&|C|D\rMSA|AE|X1\r").accepts(message)).isFalse();
    assertThat(answer("MSH|^~\\&|C|D\r").accepts(message)).isFalse();
    assertThat(answer("").accepts(message)).isFalse();
    byte[] batch = bytes("BHS|^~\\&\rMSH|^~\\&|A||||||ADT|X1\rMSH|^~\\&|A||||||ADT|X2\r");
    assertThat(answer("BHS|^~\\&\rMSA|AA|X1\rMSA|AA|X2\r").accepts(batch)).isTrue();
    assertThat(answer("BHS|^~\\&\rMSA|AA|X1\rMSA|AR|X2\r").accepts(batch)).isFalse();
  }

  private static Acknowledgement answer(String text) {
    return new Acknowledgement(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
