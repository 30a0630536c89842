package dev.kiln.routes.inbox;

import dev.kiln.routes.InboxSchema;
import dev.kiln.routes.Progress;
import dev.kiln.routes.control.ListenerTraffic;
import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.control.MessageReplay;
import dev.kiln.routes.control.PartnerReports;
import dev.kiln.routes.control.Watch;
import dev.kiln.routes.inbox.archive.ArchiveTable;
import dev.kiln.routes.inbox.archive.PartnerTable;
import dev.kiln.routes.inbox.archive.TrafficTable;
import dev.kiln.routes.inbox.queue.Arrivals;
import dev.kiln.routes.inbox.queue.Awaited;
import dev.kiln.routes.inbox.queue.Backlog;
import dev.kiln.routes.inbox.queue.BacklogMeters;
import dev.kiln.routes.inbox.queue.InboxWatch;
import dev.kiln.routes.inbox.queue.Leases;
import dev.kiln.routes.inbox.replay.Replays;
import dev.kiln.routes.inbox.retention.FinishedMessages;
import dev.kiln.routes.inbox.retention.Pruning;
import dev.kiln.routes.inbox.seal.KnownKeys;
import dev.kiln.routes.inbox.seal.MessageSeal;
import dev.kiln.routes.inbox.seal.Sealing;
import dev.kiln.routes.inbox.work.InboxWorker;
import dev.kiln.routes.inbox.work.InboxWorkers;
import dev.kiln.routes.settings.RoutesSettings;
import dev.kiln.routes.sink.Sink;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  /** Migrates first, since the tables say which keys there must be. */
  @Bean
  MessageSeal inboxSeal(
      @Qualifier("inboxDataSource") DataSource inboxDataSource, RoutesSettings settings) {
    InboxSchema.migrate(inboxDataSource);
    return new KnownKeys(JdbcClient.create(inboxDataSource), settings.seal()).open();
  }

  @Bean
  Sealing inboxSealing(@Qualifier("inboxDataSource") DataSource inboxDataSource, MessageSeal seal) {
    return new Sealing(JdbcClient.create(inboxDataSource), transactions(inboxDataSource), seal);
  }

  /** What comes and goes here is committed apart from the store's transactions. */
  @Bean
  Arrivals inboxArrivals(
      @Qualifier("inboxDataSource") DataSource inboxDataSource, MessageSeal seal) {
    return new Arrivals(JdbcClient.create(inboxDataSource), transactions(inboxDataSource), seal);
  }

  @Bean
  Leases inboxLeases(@Qualifier("inboxDataSource") DataSource inboxDataSource, MessageSeal seal) {
    return new Leases(JdbcClient.create(inboxDataSource), transactions(inboxDataSource), seal);
  }

  private static TransactionTemplate transactions(DataSource database) {
    return new TransactionTemplate(new JdbcTransactionManager(database));
  }

  /**
   * @param migrated comes first, since it makes the tables
   */
  @Bean
  Watch inboxWatch(@Qualifier("inboxDataSource") DataSource inboxDataSource, Arrivals migrated) {
    return new InboxWatch(JdbcClient.create(inboxDataSource));
  }

  @Bean
  Awaited awaitedMessages() {
    return new Awaited();
  }

  @Bean
  InboxWorkers inboxWorkers(
      Leases leases,
      List<MessageFormat> formats,
      Sink sink,
      MeterRegistry metrics,
      Progress progress,
      Awaited awaited,
      RoutesSettings settings) {
    InboxWorker worker = new InboxWorker(leases, formats, sink, metrics, progress, awaited);
    return new InboxWorkers(leases, worker, settings.workers());
  }

  /**
   * @param migrated comes first, since it makes the tables
   */
  @Bean
  Pruning inboxPruning(
      @Qualifier("inboxDataSource") DataSource inboxDataSource,
      Arrivals migrated,
      RoutesSettings settings,
      MeterRegistry metrics) {
    return new Pruning(
        new FinishedMessages(JdbcClient.create(inboxDataSource)), settings.retention(), metrics);
  }

  @Bean
  MessageArchive messageArchive(
      @Qualifier("inboxDataSource") DataSource inboxDataSource, MessageSeal seal) {
    return new ArchiveTable(JdbcClient.create(inboxDataSource), seal);
  }

  /**
   * @param migrated comes first, since it makes the tables
   */
  @Bean
  ListenerTraffic listenerTraffic(
      @Qualifier("inboxDataSource") DataSource inboxDataSource, Arrivals migrated) {
    return new TrafficTable(JdbcClient.create(inboxDataSource));
  }

  /**
   * @param migrated comes first, since it makes the tables
   */
  @Bean
  PartnerReports partnerReports(
      @Qualifier("inboxDataSource") DataSource inboxDataSource, Arrivals migrated) {
    return new PartnerTable(JdbcClient.create(inboxDataSource));
  }

  @Bean
  MessageReplay messageReplay(
      MessageArchive archive, Inbox inbox, List<MessageFormat> formats, Sink sink) {
    return new Replays(archive, inbox, formats, sink);
  }

  @Bean
  Inbox inbox(
      Arrivals arrivals,
      InboxWorkers workers,
      Awaited awaited,
      List<MessageFormat> formats,
      MeterRegistry metrics,
      Progress progress) {
    return new Inbox(arrivals, workers, awaited, formats, metrics, progress);
  }

  /**
   * @param migrated comes first, since it makes the tables
   */
  @Bean
  BacklogMeters backlogMeters(
      @Qualifier("inboxDataSource") DataSource inboxDataSource,
      Arrivals migrated,
      RoutesSettings settings,
      MeterRegistry metrics) {
    return new BacklogMeters(
        new Backlog(JdbcClient.create(inboxDataSource)), settings.allListeners().keySet(), metrics);
  }

  /**
   * @param migrated comes first, since it makes the tables
   */
  @Bean
  MeterBinder inboxBacklog(
      @Qualifier("inboxDataSource") DataSource inboxDataSource, Arrivals migrated) {
    Backlog backlog = new Backlog(JdbcClient.create(inboxDataSource));
    return metrics -> {
      String messages = "Messages in the inbox that wait, or that have become dead letters";
      Gauge.builder("kiln.inbox.messages", backlog, Backlog::waiting)
          .description(messages)
          .tag("state", "received")
          .register(metrics);
      Gauge.builder("kiln.inbox.messages", backlog, Backlog::deadLetters)
          .description(messages)
          .tag("state", "failed")
          .register(metrics);
      TimeGauge.builder(
              "kiln.inbox.oldest",
              backlog,
              TimeUnit.MILLISECONDS,
              waiting -> waiting.oldest().toMillis())
          .description("How long the oldest message that waits has waited")
          .register(metrics);
    };
  }
}
