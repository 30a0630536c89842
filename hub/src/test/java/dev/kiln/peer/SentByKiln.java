package dev.kiln.peer;

import dev.kiln.command.send.MessagesOfFile;
import dev.kiln.command.send.Send;
import dev.kiln.command.send.SendOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code ./kiln send --to} does and prints.
 *
 * @param code its exit code
 */
record SentByKiln(int code, String printed) {

  static SentByKiln of(Path folder, String text, Charset charset, int port, String... tls)
      throws Exception {
    Path file = Files.write(folder.resolve("messages.hl7"), text.getBytes(charset));
    List<String> arguments =
        new ArrayList<>(List.of("send", file.toString(), "--to", "localhost:" + port));
    arguments.addAll(List.of(tls));
    SendOptions options = SendOptions.of(arguments.toArray(String[]::new));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int code =
        new Send(
                options.partner(),
                Duration.ofSeconds(30),
                new PrintStream(printed, true, StandardCharsets.UTF_8))
            .all(new MessagesOfFile(options.file()).single());
    return new SentByKiln(code, printed.toString(StandardCharsets.UTF_8));
  }
}
