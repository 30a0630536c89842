package dev.kiln.auth.sessionstore;

import dev.kiln.auth.AuthSettings;
import dev.kiln.auth.secret.SealingKey;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Sessions lie in the database, so that a restart signs nobody out and any process knows them. */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class SessionConfiguration {

  private static final String COLUMNS =
      """
      select s.primary_id, s.session_id, s.creation_time, s.last_access_time,
             s.max_inactive_interval, a.attribute_name, a.attribute_bytes
      from %TABLE_NAME% s left join %TABLE_NAME%_attributes a on a.session_primary_id = s.primary_id
      """;

  @Bean
  CookieSerializer cookieSerializer(SealingKey key) {
    return new SignedCookie(key);
  }

  @Bean
  JdbcIndexedSessionRepository sessionRepository(
      @Qualifier("authDataSource") DataSource database, AuthSettings settings) {
    TransactionTemplate transactions =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    JdbcIndexedSessionRepository sessions =
        new JdbcIndexedSessionRepository(new JdbcTemplate(database), transactions);
    new PostgreSqlJdbcIndexedSessionRepositoryCustomizer().customize(sessions);
    sessions.setTableName("session");
    sessions.setDefaultMaxInactiveInterval(settings.session().idle());
    sessions.setConversionService(conversion());
    // Spring Session knows only how long somebody is idle. The queries know how long they are in.
    String age = " (extract(epoch from now()) * 1000 - s.creation_time) ";
    String longest = Long.toString(settings.session().longest().toMillis());
    sessions.setGetSessionQuery(COLUMNS + "where s.session_id = ? and" + age + "< " + longest);
    sessions.setListSessionsByPrincipalNameQuery(
        COLUMNS
            + "where s.principal_name = ? and"
            + age
            + "< "
            + longest
            // Rows of one session that do not follow one another are read as several sessions, and
            // all but the last part are lost.
            + " order by s.primary_id");
    sessions.setDeleteSessionsByExpiryTimeQuery(
        "delete from %TABLE_NAME% s where s.expiry_time < ? or" + age + ">= " + longest);
    return sessions;
  }

  private static GenericConversionService conversion() {
    GenericConversionService conversion = new GenericConversionService();
    conversion.addConverter(Object.class, byte[].class, new SerializingConverter());
    conversion.addConverter(byte[].class, Object.class, new SessionBytes());
    return conversion;
  }
}
