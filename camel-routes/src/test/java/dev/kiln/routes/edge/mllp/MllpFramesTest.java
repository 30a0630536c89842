package dev.kiln.routes.edge.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.edge.FrameMemory;
import dev.kiln.routes.edge.KeptMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The blocks in a stream do not depend on how it is cut into reads. */
class MllpFramesTest {

  private static final int LIMIT = 20_000;

  @Test
  void theBlocksOfGeneratedStreams() throws IOException {
    for (long seed = 1; seed <= 300; seed++) {
      MllpStream stream = new MllpStream(new Random(seed), LIMIT);
      assertThat(blocks(stream.bytes(), new Random(seed), 1 + (int) seed * 7))
          .as("seed " + seed)
          .isEqualTo(stream.blocks());
    }
  }

  @Test
  void anyBytesAtAllAreCutTheSameWay() throws IOException {
    byte[] alphabet = {0x0b, 0x1c, '\r', 'M', 'S', 'H', '|', ' ', (byte) 0xff};
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[2000];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = alphabet[random.nextInt(alphabet.length)];
      }
      List<String> whole = blocks(bytes, random, bytes.length);
      assertThat(blocks(bytes, random, 1)).as("seed " + seed).isEqualTo(whole);
      assertThat(blocks(bytes, random, 50)).as("seed " + seed).isEqualTo(whole);
    }
  }

  @Test
  void allMemoryIsGivenBack() throws IOException {
    FrameMemory memory = new FrameMemory(LIMIT, LIMIT);
    for (int i = 0; i < 50; i++) {
      MllpFrames frames = new MllpFrames(memory, LIMIT);
      String large = "x".repeat(LIMIT);
      frames.next(ByteBuffer.wrap(KeptMessages.bytes(Sender.frame(large)))).orElseThrow();
      frames.release();
      frames.next(ByteBuffer.wrap(KeptMessages.bytes("\u000b" + large)));
      frames.close();
    }
    memory.claim(this, LIMIT);
  }

  private static List<String> blocks(byte[] bytes, Random cuts, int most) throws IOException {
    MllpFrames frames = new MllpFrames(new FrameMemory(LIMIT, LIMIT), LIMIT);
    List<String> blocks = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int length = Math.min(bytes.length - from, 1 + cuts.nextInt(most));
      ByteBuffer read = ByteBuffer.wrap(bytes, from, length);
      for (Optional<MllpFrames.Block> block = frames.next(read);
          block.isPresent();
          block = frames.next(read)) {
        blocks.add(told(block.get()));
        frames.release();
      }
      from += length;
    }
    frames.rest().ifPresent(block -> blocks.add(told(block)));
    return blocks;
  }

  private static String told(MllpFrames.Block block) {
    return block.kind() + " " + KeptMessages.text(block.content());
  }
}
