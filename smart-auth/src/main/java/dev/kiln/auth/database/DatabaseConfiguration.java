package dev.kiln.auth.database;

import dev.kiln.auth.AuthSchema;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever wants the database gets it with its tables. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  @Bean
  AuthDatabase authDatabase(@Qualifier("authDataSource") DataSource authDataSource) {
    AuthSchema.migrate(authDataSource);
    return new AuthDatabase(
        JdbcClient.create(authDataSource),
        new TransactionTemplate(new JdbcTransactionManager(authDataSource)));
  }

  @Bean
  ExpiredRows expiredRows(AuthDatabase database) {
    return new ExpiredRows(database);
  }
}
