package dev.kiln.routes;

/** Is told when a message has come a step further. */
public interface Progress {

  /** The steps after each of which a crash must lose and double nothing. */
  enum Step {
    RAW_COMMITTED,
    ACK_SENT,
    LEASED,
    BUNDLE_COMMITTED,
    MARKED_DONE
  }

  void reached(Step step);
}
