package dev.kiln.bench.load;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that each ask again as soon as they are answered, so that there are never more requests
 * at once than clients. A hub that is slow is asked less: the numbers say what it can do, and not
 * how long people wait who do not wait for each other.
 */
public final class ClosedLoop {

  /** One connection a client, as apps and services have. */
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * @param number of requests of all clients together
   * @throws IOException where nothing answers
   */
  public Measured run(List<? extends Client> clients, int number)
      throws IOException, InterruptedException {
    AtomicInteger left = new AtomicInteger(number);
    ExecutorService threads = Executors.newFixedThreadPool(clients.size());
    try {
      long begin = System.nanoTime();
      List<Future<Measured>> running =
          clients.stream().map(client -> threads.submit(() -> ask(client, left))).toList();
      Measured all = Measured.NOTHING;
      for (Future<Measured> each : running) {
        all = all.and(each.get());
      }
      return new Measured(all.errors(), (System.nanoTime() - begin) / 1e9, all.millis());
    } catch (ExecutionException e) {
      throw new IOException("The hub does not answer", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Measured ask(Client client, AtomicInteger left) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    int errors = 0;
    while (left.getAndDecrement() > 0) {
      HttpRequest request = client.next();
      long begin = System.nanoTime();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      double taken = (System.nanoTime() - begin) / 1e6;
      if (client.takes(answer)) {
        millis.add(taken);
      } else {
        errors++;
      }
    }
    return new Measured(errors, 0, millis);
  }
}
