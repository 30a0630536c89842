package dev.kiln.auth.mail;

import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.AuthSettings;
import dev.kiln.auth.ConnectedApps;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.post.OutgoingMail;
import dev.kiln.auth.signin.Sessions;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class MailConfiguration {

  private static final int WAITING = 1000;

  @Bean
  OutgoingMail outgoingMail(AuthSettings settings) {
    String host = settings.mail().host();
    return host == null || host.isBlank() ? new NoPostman() : new Postman(settings.mail());
  }

  @Bean
  MailedLinks mailedLinks(
      AccountBook accounts,
      @Qualifier("authDataSource") DataSource database,
      Sessions sessions,
      ConnectedApps apps,
      MessageSource messages,
      AuthAddresses addresses,
      OutgoingMail mail,
      AuthSettings settings) {
    return new MailedLinks(
        accounts,
        new LinkTable(JdbcClient.create(database)),
        sessions,
        apps,
        mail,
        thread(),
        messages,
        addresses,
        settings.mail());
  }

  /** No bean: Spring Boot would take it for the one that all of the hub's own tasks go to. */
  private static ThreadPoolExecutor thread() {
    return new ThreadPoolExecutor(
        1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), MailConfiguration::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "auth-mail");
    thread.setDaemon(true);
    return thread;
  }
}
