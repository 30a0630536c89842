package dev.kiln.routes.edge;

import dev.kiln.routes.inbox.TestMessages;
import dev.kiln.routes.settings.RoutesSettings;
import dev.kiln.routes.settings.WrongListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Makes one of the listeners of all kinds. */
@Configuration(proxyBeanMethods = false)
public class EdgeConfiguration {

  /**
   * They start after the inbox's workers and stop before them: who is under way may wait for it.
   */
  @Bean
  @DependsOn("inboxWorkers")
  Listeners listeners(List<Ways> kinds, RoutesSettings settings, TestMessages messages) {
    refuseTooMuchMemory(settings.maxBuffered(), Runtime.getRuntime().maxMemory());
    Map<String, Way> all = new LinkedHashMap<>();
    kinds.forEach(kind -> all.putAll(kind.byName()));
    return new Listeners(all, messages);
  }

  /**
   * Each listener has memory of its own, so that one partner's large frames hold up nobody else's
   * interface; together they must leave room for what is done with the messages.
   *
   * @param together bytes
   * @param heap bytes
   */
  static void refuseTooMuchMemory(long together, long heap) {
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
