package dev.kiln.auth.mail;

import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.AuthSettings;
import dev.kiln.auth.account.AccountBook;
import dev.kiln.auth.signin.Sessions;
import java.util.Optional;
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

  @Bean(destroyMethod = "shutdown")
  ThreadPoolExecutor mailThread() {
    return new ThreadPoolExecutor(
        1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> daemon(work));
  }

  @Bean
  MailedLinks mailedLinks(
      AccountBook accounts,
      @Qualifier("authDataSource") DataSource database,
      Sessions sessions,
      ThreadPoolExecutor mailThread,
      MessageSource messages,
      AuthAddresses addresses,
      AuthSettings settings) {
    String host = settings.mail().host();
    return new MailedLinks(
        accounts,
        new LinkTable(JdbcClient.create(database)),
        sessions,
        host == null || host.isBlank()
            ? Optional.empty()
            : Optional.of(new Postman(settings.mail())),
        mailThread,
        messages,
        addresses,
        settings.mail());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "auth-mail");
    thread.setDaemon(true);
    return thread;
  }
}
