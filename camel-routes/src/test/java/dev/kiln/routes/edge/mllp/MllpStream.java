package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.edge.KeptMessages;
import dev.kiln.routes.edge.mllp.MllpFrames.Kind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A generated stream of frames, good and bad, with the blocks and the answers that it must give.
 */
final class MllpStream {

  /** What a generated content is made of: an end of block that ends nothing is among it. */
  private static final String[] PIECES = {
    "OBX|1|TX|||", "\r", "\u001cx", "\u001c\u001c\n", "\u00e9\u00ff", "\u0000", "   ", "\n"
  };

  private final Random random;
  private final int limit;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> blocks = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private boolean endsWithCr = true;

  /**
   * @param limit most bytes of a frame that are kept
   */
  MllpStream(Random random, int limit) {
    this.random = random;
    this.limit = limit;
    for (int i = 0; i < 40; i++) {
      add("G" + i);
    }
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Kind and content of each block. */
  List<String> blocks() {
    return blocks;
  }

  List<String> answers() {
    return answers;
  }

  private void add(String id) {
    // Behind a frame without its CR, anything but a start of block would be its content.
    int choice = endsWithCr ? random.nextInt(20) : 19;
    if (choice == 0) {
      String noise = "noise" + pieces(random.nextInt(50)) + "!";
      write(noise);
      expect(Kind.UNFRAMED, noise);
    } else if (choice == 1) {
      write("\r\n \u001c\r\t");
    } else if (choice == 2) {
      write("\u000bMSH|given up " + id);
      expect(Kind.FRAGMENT, "MSH|given up " + id);
    }
    String content = KeptMessages.message(id, pieces(random.nextInt(60)));
    if (choice == 3) {
      content += "l".repeat(limit + random.nextInt(5) - 2 - content.length());
    }
    write("\u000b" + content + "\u001c");
    boolean tooLarge = content.length() > limit;
    expect(
        tooLarge ? Kind.FRAME_TOO_LARGE : Kind.FRAME,
        content.substring(0, Math.min(limit, content.length())));
    answers.add((tooLarge ? "AR " : "AA ") + id);
    endsWithCr = choice != 4;
    if (endsWithCr) {
      write("\r");
    }
  }

  private String pieces(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private void write(String text) {
    bytes.writeBytes(KeptMessages.bytes(text));
  }

  private void expect(Kind kind, String content) {
    blocks.add(kind + " " + content);
  }
}
