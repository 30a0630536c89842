package dev.kiln.routes.inbox;

import dev.kiln.routes.InboxSchema;
import dev.kiln.routes.Progress;
import dev.kiln.routes.RoutesSettings;
import dev.kiln.routes.sink.Sink;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The inbox on a pool of its own, its tables brought up to date before anything reads them. */
@Configuration(proxyBeanMethods = false)
public class InboxConfiguration {

  /** Its transactions are the inbox's alone, not the store's. */
  @Bean
  InboxTable inboxTable(@Qualifier("inboxDataSource") DataSource inboxDataSource) {
    InboxSchema.migrate(inboxDataSource);
    return new InboxTable(
        JdbcClient.create(inboxDataSource),
        new TransactionTemplate(new JdbcTransactionManager(inboxDataSource)));
  }

  @Bean
  Awaited awaitedMessages() {
    return new Awaited();
  }

  @Bean
  InboxWorkers inboxWorkers(
      InboxTable table,
      List<MessageFormat> formats,
      Sink sink,
      MeterRegistry metrics,
      Progress progress,
      Awaited awaited,
      RoutesSettings settings) {
    InboxWorker worker = new InboxWorker(table, formats, sink, metrics, progress, awaited);
    return new InboxWorkers(table, worker, settings.workers());
  }

  @Bean
  Inbox inbox(
      InboxTable table,
      InboxWorkers workers,
      Awaited awaited,
      List<MessageFormat> formats,
      MeterRegistry metrics,
      Progress progress) {
    for (String state : List.of("received", "failed")) {
      Gauge.builder("kiln.inbox.messages", table, counted -> counted.count(state))
          .description("Messages in the inbox that wait, or that have become dead letters")
          .tag("state", state)
          .register(metrics);
    }
    return new Inbox(table, workers, awaited, formats, metrics, progress);
  }
}
