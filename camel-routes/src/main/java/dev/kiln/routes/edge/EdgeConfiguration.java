package dev.kiln.routes.edge;

import dev.kiln.routes.RoutesSettings;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The listeners. */
@Configuration(proxyBeanMethods = false)
public class EdgeConfiguration {

  @Bean
  MllpEdge mllpEdge(
      RoutesSettings settings, Inbox inbox, @Qualifier("hl7v2Format") MessageFormat hl7v2) {
    return new MllpEdge(settings.mllp(), inbox, hl7v2);
  }
}
