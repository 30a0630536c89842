package dev.kiln.routes.hl7v2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All translators by their triggers. */
public final class Hl7v2Translators {

  private final Map<String, Hl7v2Translator> byTrigger = new TreeMap<>();

  /**
   * @throws IllegalStateException where two translators claim one trigger
   */
  public Hl7v2Translators(List<Hl7v2Translator> translators) {
    for (Hl7v2Translator translator : translators) {
      Hl7v2Translator other = byTrigger.put(translator.trigger(), translator);
      if (other != null) {
        throw new IllegalStateException(
            translator.trigger()
                + " is claimed by "
                + other.getClass().getName()
                + " and "
                + translator.getClass().getName());
      }
    }
  }

  public Optional<Hl7v2Translator> of(String trigger) {
    return Optional.ofNullable(byTrigger.get(trigger));
  }
}
