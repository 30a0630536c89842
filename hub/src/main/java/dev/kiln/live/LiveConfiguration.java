package dev.kiln.live;

import dev.kiln.fhir.FhirOperations;
import dev.kiln.fhir.FhirOperations.Guard;
import dev.kiln.routes.control.ListenerTraffic;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The stream of what changes. */
@Configuration(proxyBeanMethods = false)
@Import(LivePage.class)
public class LiveConfiguration {

  @Bean
  LiveTickets liveTickets() {
    return new LiveTickets();
  }

  @Bean
  LiveStream liveStream(ListenerTraffic traffic) {
    return new LiveStream(traffic);
  }

  @Bean
  FhirOperations liveOperation(LiveTickets tickets) {
    return new FhirOperations(
        new LiveOperation(tickets), Map.of("$live-ticket", Guard.reading("message.read")));
  }
}
