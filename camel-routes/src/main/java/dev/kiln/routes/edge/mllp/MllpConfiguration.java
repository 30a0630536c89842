package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.Progress;
import dev.kiln.routes.edge.BatchIntake;
import dev.kiln.routes.edge.InboxIntake;
import dev.kiln.routes.edge.Ways;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.settings.RoutesSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The MLLP listeners of the settings. */
@Configuration(proxyBeanMethods = false)
public class MllpConfiguration {

  @Bean
  @Order(0)
  Ways mllpListeners(
      RoutesSettings settings,
      Inbox inbox,
      @Qualifier("hl7v2Format") MessageFormat hl7v2,
      Progress progress,
      MeterRegistry metrics) {
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
                        new BatchIntake(
                            hl7v2, new InboxIntake(inbox, hl7v2, name, mllp.patience())),
                        progress,
                        metrics)));
    return new Ways(listeners);
  }
}
