package dev.kiln.routes;

/** Finds out whether messages could be taken in at this moment. */
public interface Heartbeat {

  /**
   * Commits something to where messages are kept.
   *
   * @throws RuntimeException where that cannot be done
   */
  void beat();
}
