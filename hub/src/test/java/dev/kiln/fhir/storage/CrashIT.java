package dev.kiln.fhir.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.HubProcess;
import dev.kiln.Messages;
import dev.kiln.Mllp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the hub under load. Every write that was acknowledged, over REST or MLLP, is there after
 * the next start, which comes up without help. {@code -Dkiln.kills=10} kills more often.
 */
class CrashIT {

  private static final int KILLS = Integer.getInteger("kiln.kills", 2);

  private final Queue<String> created = new ConcurrentLinkedQueue<>();
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

  @Test
  void nothingAcknowledgedIsLost(@TempDir Path data) throws Exception {
    for (int i = 0; i < KILLS; i++) {
      HubProcess hub = new HubProcess(data).awaitReady();
      int createdBefore = created.size();
      int acknowledgedBefore = acknowledged.size();
      ExecutorService load = Executors.newFixedThreadPool(3);
      load.submit(() -> write(hub));
      load.submit(() -> write(hub));
      load.submit(() -> send(hub));
      // Not earlier than a few writes of each kind, and then at an arbitrary moment.
      for (int tries = 0;
          created.size() < createdBefore + 5 || acknowledged.size() < acknowledgedBefore + 20;
          tries++) {
        assertThat(tries).as("writes are acknowledged within four minutes").isLessThan(12_000);
        Thread.sleep(20);
      }
      Thread.sleep((long) (Math.random() * 700));
      hub.kill();
      load.shutdown();
      assertThat(load.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
    try (HubProcess hub = new HubProcess(data).awaitReady()) {
      Http fhir = hub.http();
      for (String id : created) {
        assertThat(fhir.get("/fhir/Patient/" + id).status()).as(id).isEqualTo(200);
      }
      for (String mrn : acknowledged) {
        awaitOne(fhir, mrn);
      }
      System.out.printf(
          "%d kills, %d created over REST and %d acknowledged over MLLP, all there%n",
          KILLS, created.size(), acknowledged.size());
    }
  }

  private static void awaitOne(Http fhir, String mrn) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      int total = fhir.get("/fhir/Patient?identifier=" + mrn).json().path("total").asInt();
      assertThat(total).isLessThan(2);
      if (total == 1) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("Acknowledged and lost: " + mrn);
  }

  private void write(HubProcess hub) {
    try {
      Http fhir = hub.http();
      while (true) {
        Answer answer =
            fhir.post("/fhir/Patient", "{\"resourceType\":\"Patient\",\"active\":true}");
        if (answer.status() == 201) {
          created.add(answer.id());
        }
      }
    } catch (RuntimeException e) {
      // The hub is dead, as it should be.
    }
  }

  private void send(HubProcess hub) {
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      while (true) {
        String mrn = UUID.randomUUID().toString().substring(0, 13);
        if (sender.send(Messages.admission(mrn, mrn)).contains("MSA|AA|" + mrn)) {
          acknowledged.add(mrn);
        }
        // The inbox takes in faster than the worker applies, and the end of the test waits for it.
        LockSupport.parkNanos(20_000_000);
      }
    } catch (IOException e) {
      // The hub is dead, as it should be.
    }
  }
}
