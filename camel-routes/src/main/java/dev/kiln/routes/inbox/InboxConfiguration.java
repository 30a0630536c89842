package dev.kiln.routes.inbox;

import dev.kiln.routes.InboxSchema;
import dev.kiln.routes.sink.Sink;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The inbox on a pool of its own, its tables brought up to date before anything reads them. */
@Configuration(proxyBeanMethods = false)
public class InboxConfiguration {

  @Bean
  InboxTable inboxTable(@Qualifier("inboxDataSource") DataSource inboxDataSource) {
    InboxSchema.migrate(inboxDataSource);
    return new InboxTable(JdbcClient.create(inboxDataSource));
  }

  @Bean
  InboxWorker inboxWorker(
      InboxTable table, List<MessageFormat> formats, Sink sink, MeterRegistry metrics) {
    return new InboxWorker(table, formats, sink, metrics);
  }

  @Bean
  Inbox inbox(InboxTable table, InboxWorker worker, MeterRegistry metrics) {
    for (String state : List.of("received", "failed")) {
      Gauge.builder("kiln.inbox.messages", table, counted -> counted.count(state))
          .description("Messages in the inbox that wait, or that have become dead letters")
          .tag("state", state)
          .register(metrics);
    }
    return new Inbox(table, worker, metrics);
  }
}
