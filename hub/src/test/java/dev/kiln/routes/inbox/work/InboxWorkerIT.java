package dev.kiln.routes.inbox.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.kiln.InboxDatabase;
import dev.kiln.RunningHub;
import dev.kiln.routes.inbox.MessageBatch;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Translation;
import dev.kiln.routes.inbox.queue.Arrivals;
import dev.kiln.routes.inbox.queue.Awaited;
import dev.kiln.routes.inbox.queue.Leases;
import dev.kiln.routes.inbox.seal.MessageSeal;
import dev.kiln.routes.sink.Sink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** A worker whose database goes away under it. */
class InboxWorkerIT {

  private static final String NAME = "away";

  private final RunningHub hub = RunningHub.get();
  private final JdbcClient others =
      JdbcClient.create(hub.bean("inboxDataSource", DataSource.class));

  /** A lease lasts for minutes, and so long all that is about the same patient would wait. */
  @Test
  void whatWasAtHandIsTakenUpAgainAsSoonAsTheDatabaseIsBack() throws SQLException {
    HikariDataSource database = InboxDatabase.create(NAME);
    database.setConnectionTimeout(1000);
    try (database) {
      JdbcClient jdbc = JdbcClient.create(database);
      TransactionTemplate transactions =
          new TransactionTemplate(new JdbcTransactionManager(database));
      MessageSeal seal = hub.bean(MessageSeal.class);
      new Arrivals(jdbc, transactions, seal)
          .insert(
              "hl7v2",
              new byte[] {1},
              "test",
              new Receipt("ADT^A08", "1", "S", List.of("anna"), false, null));
      Format format = new Format();
      InboxWorker worker =
          new InboxWorker(
              new Leases(jdbc, transactions, seal),
              List.of(format),
              hub.bean(Sink.class),
              new SimpleMeterRegistry(),
              step -> {},
              new Awaited());

      assertThatThrownBy(worker::work).isInstanceOf(TransactionException.class);
      assertThatThrownBy(worker::work).as("still away").isInstanceOf(DataAccessException.class);
      others.sql("alter database " + NAME + " allow_connections true").update();
      // The pool tries no connection that was used a moment ago.
      database.getHikariPoolMXBean().softEvictConnections();

      assertThat(worker.work()).isTrue();
      assertThat(format.asked).isEqualTo(2);
      assertThat(jdbc.sql("select state from message").query(String.class).single())
          .isEqualTo("failed");
    }
  }

  /** Takes the database away when it is first asked, and can translate nothing. */
  private final class Format implements MessageFormat {

    private int asked;

    @Override
    public String name() {
      return "hl7v2";
    }

    @Override
    public Receipt judge(byte[] raw) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<MessageBatch> batch(byte[] raw) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Charset charset(byte[] raw) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] acknowledge(byte[] raw, Receipt receipt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Translation translate(byte[] raw) {
      if (++asked == 1) {
        others.sql("alter database " + NAME + " allow_connections false").update();
        others
            .sql(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
                    .formatted(NAME))
            .query()
            .listOfRows();
      }
      throw new IllegalStateException("Nobody can translate this.");
    }
  }
}
