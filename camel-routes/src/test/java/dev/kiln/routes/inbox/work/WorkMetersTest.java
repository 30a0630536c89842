package dev.kiln.routes.inbox.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.inbox.queue.Leases.Leased;
import dev.kiln.routes.sink.Sink.Delivery;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkMetersTest {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final WorkMeters meters = new WorkMeters(metrics);

  private static Leased message(String type, int run, Instant received) {
    Delivery delivery = new Delivery(new MessageId(UUID.randomUUID()), run, "A|B", received);
    return new Leased(
        UUID.randomUUID(), delivery, "hl7v2", () -> new byte[0], type, 1, new TreeSet<>());
  }

  @Test
  void howLongAMessageTookIsToldOfItsFirstRunOnly() {
    meters.finished(message("ADT^A01", 0, Instant.now().minusSeconds(2)), "applied");
    meters.finished(message("ADT^A01", 1, Instant.now().minusSeconds(9000)), "applied");
    meters.finished(message("ADT^A01", 0, Instant.now().minusSeconds(9000)), "failed");
    // The clock of the database may go before that of the hub.
    meters.finished(message("ADT^A01", 0, Instant.now().plusSeconds(9000)), "applied");
    Timer timer = metrics.get("kiln.inbox.applied").tag("type", "ADT^A01").timer();
    assertThat(timer.count()).isEqualTo(2);
    assertThat(timer.totalTime(TimeUnit.SECONDS)).isBetween(2.0, 60.0);
    assertThat(metrics.get("kiln.inbox.finished").tag("outcome", "applied").counter().count())
        .isEqualTo(3);
  }

  @Test
  void whateverMessagesCallThemselvesThereAreFewLabels() {
    for (char last = 'A'; last <= 'Z'; last++) {
      for (int event = 0; event < 10; event++) {
        meters.finished(message("AD" + last + "^A0" + event, 0, Instant.now()), "applied");
      }
    }
    meters.finished(message("Kettle^Copper", 0, Instant.now()), "applied");
    assertThat(
            metrics.get("kiln.inbox.finished").counters().stream()
                .map(counter -> counter.getId().getTag("type"))
                .collect(Collectors.toSet()))
        .hasSize(61)
        .contains("ADA^A00", "other")
        .doesNotContain("Kettle^Copper");
  }
}
