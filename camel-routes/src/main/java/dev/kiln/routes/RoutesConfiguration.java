package dev.kiln.routes;

import dev.kiln.routes.edge.EdgeConfiguration;
import dev.kiln.routes.hl7v2.Hl7v2Configuration;
import dev.kiln.routes.inbox.InboxConfiguration;
import dev.kiln.routes.sink.SinkConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * All of the routes. Wants a {@link Store}, a {@code DataSource} named {@code inboxDataSource} and the terminology's beans.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RoutesSettings.class)
@Import({
  SinkConfiguration.class,
  InboxConfiguration.class,
  Hl7v2Configuration.class,
  EdgeConfiguration.class
})
public class RoutesConfiguration {}
