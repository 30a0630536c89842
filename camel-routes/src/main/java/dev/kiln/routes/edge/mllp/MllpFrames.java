package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.edge.FrameBytes;
import dev.kiln.routes.edge.FrameMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Cuts one connection's stream of bytes into blocks: {@code <SB> content <EB><CR>} (HL7 "Transport
 * Specification: MLLP, Release 1", section 2). It does not matter how the bytes are cut into reads.
 */
final class MllpFrames {

  static final byte START = 0x0b;
  static final byte END = 0x1c;
  static final byte CR = 0x0d;

  /** A start of block within a frame, and then the beginning of a message. */
  private static final int START_MSH = START << 24 | 'M' << 16 | 'S' << 8 | 'H';

  /** What a piece of the stream is. */
  enum Kind {
    FRAME,
    /** A frame with more content than is kept; what is here is its beginning. */
    FRAME_TOO_LARGE,
    /** A frame that was begun and not ended. */
    FRAGMENT,
    /** What stood outside of frames. */
    UNFRAMED
  }

  /**
   * @param content without the frame's own bytes, and cut off at the limit
   */
  record Block(Kind kind, byte[] content) {}

  /** Where the next byte will stand. */
  enum Place {
    BETWEEN_FRAMES,
    /** Outside of frames, behind something that is no white space. */
    OUTSIDE,
    INSIDE,
    /** Inside, behind what is the end of the frame if a CR follows. */
    BEHIND_END
  }

  private final FrameMemory memory;
  private final int limit;
  private Place place = Place.BETWEEN_FRAMES;
  private FrameBytes bytes;
  private FrameBytes given;
  private int lastFour;

  /**
   * @param limit most bytes of content that are kept
   */
  MllpFrames(FrameMemory memory, int limit) {
    this.memory = memory;
    this.limit = limit;
  }

  Place place() {
    return place;
  }

  /**
   * The next block that ends within these bytes; empty where all of them have been read.
   *
   * @throws IOException where the listener is stopped while this waits for memory
   */
  Optional<Block> next(ByteBuffer read) throws IOException {
    Optional<Block> block = Optional.empty();
    while (block.isEmpty() && read.hasRemaining()) {
      byte next = read.get();
      block =
          switch (place) {
            case BETWEEN_FRAMES -> between(next);
            case OUTSIDE -> outside(next);
            case INSIDE -> inside(next);
            case BEHIND_END -> behindEnd(next);
          };
    }
    return block;
  }

  /**
   * What the bytes that have come are worth where no more follow: many senders leave out the CR
   * behind the end of a frame.
   */
  Optional<Block> rest() {
    return switch (place) {
      case BETWEEN_FRAMES -> Optional.empty();
      case OUTSIDE -> give(Kind.UNFRAMED);
      case INSIDE -> give(Kind.FRAGMENT);
      case BEHIND_END -> give(whole());
    };
  }

  /** Gives back the memory of the block that was returned last. */
  void release() {
    if (given != null) {
      given.release();
      given = null;
    }
  }

  /** Gives back everything. */
  void close() {
    release();
    if (bytes != null) {
      bytes.release();
    }
  }

  private Optional<Block> between(byte next) throws IOException {
    if (next == START) {
      begin(Place.INSIDE);
    } else if (next != END && (next < 0 || next > ' ')) {
      // An end of block that ends nothing is as good as white space: some senders write it twice.
      begin(Place.OUTSIDE);
      bytes.add(next);
    }
    return Optional.empty();
  }

  private Optional<Block> outside(byte next) throws IOException {
    if (next != START) {
      bytes.add(next);
      return Optional.empty();
    }
    Optional<Block> unframed = give(Kind.UNFRAMED);
    begin(Place.INSIDE);
    return unframed;
  }

  private Optional<Block> inside(byte next) throws IOException {
    if (next == END) {
      place = Place.BEHIND_END;
      return Optional.empty();
    }
    lastFour = lastFour << 8 | next & 0xff;
    if (lastFour != START_MSH) {
      bytes.add(next);
      return Optional.empty();
    }
    // The sender gave a message up and began another: the two must not become one.
    bytes.cut(3);
    Optional<Block> fragment = bytes.isEmpty() ? Optional.empty() : give(Kind.FRAGMENT);
    begin(Place.INSIDE);
    bytes.add((byte) 'M');
    bytes.add((byte) 'S');
    bytes.add((byte) 'H');
    return fragment;
  }

  private Optional<Block> behindEnd(byte next) throws IOException {
    if (next == CR) {
      return give(whole());
    }
    if (next == START) {
      Optional<Block> frame = give(whole());
      begin(Place.INSIDE);
      return frame;
    }
    bytes.add(END);
    lastFour = 0;
    place = Place.INSIDE;
    return inside(next);
  }

  private Kind whole() {
    return bytes.isTooLarge() ? Kind.FRAME_TOO_LARGE : Kind.FRAME;
  }

  private void begin(Place begun) {
    place = begun;
    bytes = new FrameBytes(memory, limit);
    lastFour = 0;
  }

  private Optional<Block> give(Kind kind) {
    Optional<Block> block = Optional.of(new Block(kind, bytes.content()));
    given = bytes;
    bytes = null;
    place = Place.BETWEEN_FRAMES;
    return block;
  }
}
