package dev.kiln.routes.settings;

/** Says in one sentence why sealed messages cannot be opened, and what to do about it. */
public final class WrongKey extends RuntimeException {

  public WrongKey(String sentence) {
    super(sentence);
  }
}
