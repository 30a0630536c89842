package dev.kiln.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.kiln.bench.hub.CpuTime;
import dev.kiln.bench.key.Algorithm;
import dev.kiln.bench.load.Client;
import dev.kiln.bench.load.Trial;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a server that answers at once, but to reads with the check, which wait a little. */
class AuthReportTest {

  private HttpServer server;
  private double cpu;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/slow")) {
            try {
              Thread.sleep(100);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void itHasARowForEachKindAndTheRatioOfTheReads() throws Exception {
    Report report = report("/slow", 200);
    assertThat(report.isSound()).isTrue();
    JsonNode facts = new ObjectMapper().readTree(report.json());
    assertThat(facts.path("seed").asInt()).isEqualTo(7);
    assertThat(facts.path("secondsEach").asInt()).isEqualTo(2);
    assertThat(facts.path("warmUpSecondsEach").asDouble()).isEqualTo(1);
    assertThat(facts.path("rounds").asInt()).isEqualTo(2);
    JsonNode tokens = facts.path("tokens");
    assertThat(facts.path("refreshes").has("alg")).isFalse();
    assertThat(tokens.findValuesAsText("alg")).containsExactly("ES384", "RS384");
    for (String name : List.of("clients", "perSecond", "p50Ms", "p95Ms", "p99Ms")) {
      assertThat(tokens.path(0).path(name).asDouble()).as(name).isPositive();
    }
    assertThat(tokens.path(0).path("errors").asInt(-1)).isZero();
    JsonNode reads = facts.path("reads");
    assertThat(reads.at("/withCheck/p50Ms").asDouble()).isGreaterThanOrEqualTo(100);
    assertThat(reads.at("/withoutCheck/p50Ms").asDouble()).isLessThan(100);
    assertThat(reads.path("ratio").asDouble()).isBetween(0.0, 0.9);
    assertThat(reads.path("ratioLeast").asDouble())
        .isLessThanOrEqualTo(reads.path("ratioMost").asDouble());
    // The clock here goes on by the same in each slice, and there is one request in each.
    assertThat(reads.path("cpuRatio").asDouble()).isEqualTo(1);
    assertThat(report.text()).contains("read with check", "read without check", "for one without");
  }

  @Test
  void withAnErrorItIsUnsound() throws Exception {
    Report report = report("/", 201);
    assertThat(report.isSound()).isFalse();
    assertThat(new ObjectMapper().readTree(report.json()).at("/tokens/0/errors").asInt())
        .isEqualTo(2);
  }

  private Report report(String checked, int wanted) throws Exception {
    return new AuthReport(
            List.of(
                row("token", Algorithm.ES384, "/", wanted),
                row("token", Algorithm.RS384, "/", wanted),
                row("introspection", Algorithm.ES384, "/", wanted),
                row("refresh", null, "/", wanted),
                row(AuthReport.CHECKED, null, checked, wanted),
                row(AuthReport.UNCHECKED, null, "/", wanted)),
            new Auth.Size(2, 2),
            7)
        .report();
  }

  private AuthReport.Row row(String what, Algorithm algorithm, String path, int wanted)
      throws Exception {
    Client client =
        new Client() {
          @Override
          public HttpRequest next() {
            return HttpRequest.newBuilder(
                    URI.create("http://localhost:" + server.getAddress().getPort() + path))
                .build();
          }

          @Override
          public boolean takes(HttpResponse<String> answer) {
            return answer.statusCode() == wanted;
          }
        };
    Trial trial = new Trial(() -> new CpuTime(cpu += 0.01, 0), number -> List.of(client));
    // One request in each slice.
    trial.measure(1e-6);
    trial.measure(1e-6);
    return new AuthReport.Row(what, algorithm, 1, trial);
  }
}
