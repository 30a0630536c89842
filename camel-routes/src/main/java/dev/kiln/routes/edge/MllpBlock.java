package dev.kiln.routes.edge;

/**
 * A piece of what a sender sent, framed or not.
 *
 * @param content without the frame's own bytes, and cut off at the limit
 */
record MllpBlock(Kind kind, byte[] content) {

  enum Kind {
    FRAME,
    /** A frame with more content than is read; what is here is its beginning. */
    FRAME_TOO_LARGE,
    /** A frame that was begun and not ended. */
    FRAGMENT,
    /** What stood outside of frames. */
    UNFRAMED
  }
}
