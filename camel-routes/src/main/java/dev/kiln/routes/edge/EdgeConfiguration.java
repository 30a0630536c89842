package dev.kiln.routes.edge;

import dev.kiln.routes.Progress;
import dev.kiln.routes.RoutesSettings;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The listeners. */
@Configuration(proxyBeanMethods = false)
public class EdgeConfiguration {

  /** Starts after the inbox's worker and stops before it: who is under way may wait for it. */
  @Bean
  @DependsOn("inboxWorkers")
  MllpEdge mllpEdge(
      RoutesSettings settings,
      Inbox inbox,
      @Qualifier("hl7v2Format") MessageFormat hl7v2,
      Progress progress,
      MeterRegistry metrics) {
    RoutesSettings.Mllp mllp = settings.mllp();
    return new MllpEdge(
        mllp,
        Patience.with(mllp.frameTimeout()),
        new InboxIntake(inbox, hl7v2, "mllp:" + mllp.port(), mllp.patience()),
        progress,
        metrics);
  }
}
