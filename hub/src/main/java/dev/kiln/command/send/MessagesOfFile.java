package dev.kiln.command.send;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of messages. Line ends become segment ends; nothing else is changed. */
public final class MessagesOfFile {

  private final String text;

  public MessagesOfFile(Path file) throws IOException {
    // Byte by byte, whatever character set it is in.
    text =
        Files.readString(file, StandardCharsets.ISO_8859_1)
            .strip()
            .replace("\r\n", "\r")
            .replace('\n', '\r')
            .concat("\r");
  }

  /** All of it as it stands, as one that is sent in one frame. */
  public List<byte[]> whole() {
    return List.of(bytes(text));
  }

  /** Message by message; what a batch's header begins is sent whole. */
  public List<byte[]> single() {
    if (!text.startsWith("MSH")) {
      return whole();
    }
    List<byte[]> messages = new ArrayList<>();
    for (String message : text.split("\r+(?=MSH)")) {
      messages.add(bytes(message.strip() + "\r"));
    }
    return messages;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
