package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.Progress;
import dev.kiln.routes.RoutesSettings;
import dev.kiln.routes.RoutesSettings.WrongListener;
import dev.kiln.routes.edge.InboxIntake;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The MLLP listeners of the settings. */
@Configuration(proxyBeanMethods = false)
public class MllpConfiguration {

  /**
   * They start after the inbox's workers and stop before them: who is under way may wait for it.
   */
  @Bean
  @DependsOn("inboxWorkers")
  MllpListeners mllpListeners(
      RoutesSettings settings,
      Inbox inbox,
      @Qualifier("hl7v2Format") MessageFormat hl7v2,
      Progress progress,
      MeterRegistry metrics) {
    refuseTooMuchMemory(settings.allListeners().values(), Runtime.getRuntime().maxMemory());
    Map<String, MllpListener> listeners = new LinkedHashMap<>();
    settings
        .allListeners()
        .forEach(
            (name, mllp) ->
                listeners.put(
                    name,
                    new MllpListener(
                        name,
                        mllp,
                        Patience.with(mllp.frameTimeout()),
                        new InboxIntake(inbox, hl7v2, name, mllp.patience()),
                        progress,
                        metrics)));
    return new MllpListeners(listeners);
  }

  /**
   * Each listener has memory of its own, so that one partner's large frames hold up nobody else's
   * interface; together they must leave room for what is done with the messages.
   *
   * @param heap bytes
   */
  static void refuseTooMuchMemory(Collection<RoutesSettings.Mllp> listeners, long heap) {
    long together = listeners.stream().mapToLong(one -> one.maxBuffered().toBytes()).sum();
    if (together > heap / 2) {
      throw new WrongListener(
          "kiln.routes.mllp.max-buffered and that of the further listeners are together "
              + (together >> 20)
              + " MB, more than half of the heap of "
              + (heap >> 20)
              + " MB.");
    }
  }
}
