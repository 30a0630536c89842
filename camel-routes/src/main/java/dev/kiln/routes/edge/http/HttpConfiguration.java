package dev.kiln.routes.edge.http;

import dev.kiln.routes.Progress;
import dev.kiln.routes.edge.BatchIntake;
import dev.kiln.routes.edge.InboxIntake;
import dev.kiln.routes.edge.Ways;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.settings.RoutesSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The listeners for HL7 v2 over HTTP of the settings, and the servlet that serves them all. */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

  /** Below it, each listener's path is its name. */
  static final String PATH = "/hl7v2";

  private static final Duration BODY = Duration.ofSeconds(60);

  /** The listeners of this kind, as their servlet knows them. */
  record Named(Map<String, HttpListener> listeners) {}

  @Bean
  Named namedHttpListeners(
      RoutesSettings settings,
      Inbox inbox,
      @Qualifier("hl7v2Format") MessageFormat hl7v2,
      Progress progress,
      MeterRegistry metrics) {
    Map<String, HttpListener> listeners = new LinkedHashMap<>();
    settings
        .http()
        .forEach(
            (name, http) ->
                listeners.put(
                    name,
                    new HttpListener(
                        name,
                        http,
                        BODY,
                        new BatchIntake(
                            hl7v2, new InboxIntake(inbox, hl7v2, name, http.patience())),
                        progress,
                        metrics)));
    return new Named(listeners);
  }

  @Bean
  @Order(1)
  Ways httpListeners(Named named) {
    return new Ways(named.listeners());
  }

  @Bean
  ServletRegistrationBean<Hl7OverHttpServlet> hl7OverHttp(Named named) {
    return new ServletRegistrationBean<>(new Hl7OverHttpServlet(named.listeners()), PATH + "/*");
  }
}
