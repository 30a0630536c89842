package dev.kiln.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.kiln.bench.hub.CpuTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that takes ten milliseconds, and refuses every fifth request. */
class TrialTest {

  private static final int MILLIS = 10;

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          pause();
          atOnce.decrementAndGet();
          exchange.sendResponseHeaders(asked.incrementAndGet() % 5 == 0 ? 500 : 200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void asManyAskAtOnceAsThereAreClientsAndNoMore() throws Exception {
    Measured measured = new ClosedLoop().run(clients(3), 20);
    assertThat(asked).hasValue(20);
    assertThat(mostAtOnce).hasValue(3);
    assertThat(measured.errors()).isEqualTo(4);
    assertThat(measured.millis())
        .hasSize(16)
        .allSatisfy(millis -> assertThat(millis).isGreaterThanOrEqualTo(MILLIS));
    assertThat(measured.seconds()).isGreaterThanOrEqualTo(7 * MILLIS / 1000.0);
    assertThat(measured.perSecond()).isLessThanOrEqualTo(16 / (7 * MILLIS / 1000.0));
  }

  @Test
  void aSliceIsAsLongAsTheOneBeforeSays() throws Exception {
    List<Integer> numbers = new ArrayList<>();
    AtomicInteger seconds = new AtomicInteger();
    Trial trial =
        new Trial(
            () -> new CpuTime(seconds.get(), 2.0 * seconds.getAndIncrement()),
            number -> {
              numbers.add(number);
              return clients(2);
            });
    trial.warmUp(0.5);
    assertThat(trial.all()).isEqualTo(Measured.NOTHING);
    trial.measure(0.5);
    trial.measure(0.5);
    assertThat(numbers.get(0)).isEqualTo(10);
    assertThat(trial.slices()).hasSize(2);
    double perSecond = trial.slices().get(0).perSecond();
    assertThat(numbers.get(2)).isEqualTo((int) Math.max(1, Math.round(perSecond * 0.5)));
    int answered = trial.all().millis().size();
    assertThat(answered + trial.all().errors()).isEqualTo(numbers.get(1) + numbers.get(2));
    // A second for each slice, as the clock here has it.
    assertThat(trial.each()).isEqualTo(new CpuTime(2000.0 / answered, 4000.0 / answered));
  }

  @Test
  void aHubThatIsNotThereIsNoMeasurement() {
    server.stop(0);
    assertThatThrownBy(() -> new ClosedLoop().run(clients(2), 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not answer");
  }

  private List<Client> clients(int number) {
    URI address = URI.create("http://localhost:" + server.getAddress().getPort());
    Client client =
        new Client() {
          @Override
          public HttpRequest next() {
            return HttpRequest.newBuilder(address).build();
          }

          @Override
          public boolean takes(HttpResponse<String> answer) {
            return answer.statusCode() == 200;
          }
        };
    return Collections.nCopies(number, client);
  }

  private static void pause() {
    try {
      Thread.sleep(MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
