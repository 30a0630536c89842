package dev.kiln.auth.secondfactor;

import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.secret.SealingKey;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class SecondFactorConfiguration {

  @Bean
  SecondFactors secondFactors(
      @Qualifier("authDataSource") DataSource database, SealingKey key, AuthAddresses addresses) {
    return new SecondFactors(
        new SecondFactorTable(JdbcClient.create(database)),
        new TransactionTemplate(new DataSourceTransactionManager(database)),
        key,
        new TimeCode(Clock.systemUTC()),
        addresses);
  }
}
