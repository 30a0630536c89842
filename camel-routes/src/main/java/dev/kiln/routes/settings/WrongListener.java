package dev.kiln.routes.settings;

/** Says in one sentence, with the setting, what keeps a listener from being opened. */
public final class WrongListener extends RuntimeException {

  public WrongListener(String sentence) {
    super(sentence);
  }
}
