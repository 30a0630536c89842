package dev.kiln.routes.alert;

import dev.kiln.routes.alert.way.AlertWay;
import dev.kiln.routes.alert.way.MailWay;
import dev.kiln.routes.alert.way.WebhookWay;
import dev.kiln.routes.control.AdminAddress;
import dev.kiln.routes.control.AlertMail;
import dev.kiln.routes.control.InboxControl;
import dev.kiln.routes.control.ListenerControl;
import dev.kiln.routes.control.Watch;
import dev.kiln.routes.control.Watch.Kind;
import dev.kiln.routes.settings.WrongAlerts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Alerts of the settings, on the inbox's pool. Without a way they are logged and counted only. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertSettings.class)
public class AlertConfiguration {

  private static final Clock CLOCK = Clock.systemUTC();

  @Bean
  Watch commitWatch(InboxControl inbox) {
    return new CommitWatch(inbox, CLOCK, Limited.USUAL);
  }

  @Bean
  Watch listenerWatch(ListenerControl listeners, AlertSettings settings) {
    List<String> names =
        listeners.listeners().stream().map(ListenerControl.Listener::name).toList();
    for (String name : settings.silence().keySet()) {
      if (!names.contains(name)) {
        throw new WrongAlerts(
            "kiln.routes.alerts.silence." + name + ": there is no listener " + name + ".");
      }
    }
    return new ListenerWatch(listeners, settings.silence(), CLOCK);
  }

  /** The inbox makes the tables. */
  @Bean
  @DependsOn("inboxSeal")
  AlertThread alerts(
      List<Watch> watches,
      AlertSettings settings,
      AlertMail mail,
      AdminAddress link,
      @Qualifier("inboxDataSource") DataSource inboxDataSource,
      MeterRegistry metrics) {
    Alerts alerts =
        new Alerts(
            watches,
            settings,
            new Deliveries(ways(settings, mail), CLOCK, metrics),
            new AlertTable(
                JdbcClient.create(inboxDataSource),
                new TransactionTemplate(new JdbcTransactionManager(inboxDataSource))),
            link,
            CLOCK);
    for (Kind kind : Kind.values()) {
      Gauge.builder("kiln.alerts", alerts, all -> all.active(kind))
          .description("Alerts that have been raised and are not over")
          .tag("kind", kind.name().toLowerCase(Locale.ROOT))
          .register(metrics);
    }
    return new AlertThread(alerts);
  }

  static List<AlertWay> ways(AlertSettings settings, AlertMail mail) {
    List<AlertWay> ways = new ArrayList<>();
    if (!settings.to().isEmpty() && !mail.isPossible()) {
      throw new WrongAlerts(
          "kiln.routes.alerts.to: no e-mail is sent without kiln.auth.mail.host.");
    }
    settings.to().stream().distinct().forEach(address -> ways.add(new MailWay(mail, address)));
    if (settings.webhook().url() != null) {
      ways.add(new WebhookWay(settings.webhook(), CLOCK));
    }
    return ways;
  }
}
