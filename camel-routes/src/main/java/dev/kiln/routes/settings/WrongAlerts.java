package dev.kiln.routes.settings;

/** Says in one sentence, with the setting, what keeps alerts from being sent. */
public final class WrongAlerts extends RuntimeException {

  public WrongAlerts(String sentence) {
    super(sentence);
  }
}
