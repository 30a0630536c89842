package dev.kiln.auth.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kiln.testing.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How key sets are read from where clients publish them. */
class KeySetAddressesTest {

  private final AtomicInteger reads = new AtomicInteger();
  private HttpServer web;
  private String url;

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void publish() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.setExecutor(Executors.newCachedThreadPool());
    web.start();
    url = "http://127.0.0.1:" + web.getAddress().getPort() + "/jwks";
  }

  @AfterEach
  void end() {
    web.stop(0);
  }

  private void answer(Answer answer) {
    web.createContext(
        "/jwks",
        exchange -> {
          reads.incrementAndGet();
          answer.to(exchange);
          exchange.close();
        });
  }

  private void answerKeys(String cacheControl) {
    answer(
        exchange -> {
          if (cacheControl != null) {
            exchange.getResponseHeaders().set("Cache-Control", cacheControl);
          }
          byte[] keys = Keys.set(Keys.RSA).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
        });
  }

  private static KeySetAddresses ofThisMachine() {
    return new KeySetAddresses(SystemDefaultDnsResolver.INSTANCE, false);
  }

  @Test
  @DisplayName("a key set is kept as long as its Cache-Control says, without one not at all")
  void keepsAsLongAsAllowed() throws IOException {
    answerKeys("max-age=60");
    try (KeySetAddresses addresses = ofThisMachine()) {
      assertThat(addresses.read(url).getKeyByKeyId("rsa")).isNotNull();
      addresses.read(url);
    }
    assertThat(reads).hasValue(1);
    web.removeContext("/jwks");
    answerKeys(null);
    try (KeySetAddresses addresses = ofThisMachine()) {
      addresses.read(url);
      addresses.read(url);
    }
    assertThat(reads).hasValue(3);
  }

  @Test
  @DisplayName("an address that has failed is not asked again at once")
  void letsAFailedAddressBe() throws IOException {
    answer(exchange -> exchange.sendResponseHeaders(503, -1));
    try (KeySetAddresses addresses = ofThisMachine()) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> addresses.read(url)).isInstanceOf(IOException.class);
      }
    }
    assertThat(reads).hasValue(1);
  }

  @Test
  void understandsCacheControl() {
    assertThat(KeySetAddresses.age("public, max-age=120")).isEqualTo(Duration.ofMinutes(2));
    assertThat(KeySetAddresses.age("MAX-AGE=999999999")).isEqualTo(Duration.ofMinutes(15));
    for (String never :
        new String[] {"no-store", "max-age=60, no-cache", "max-age=x", "", "private"}) {
      assertThat(KeySetAddresses.age(never)).as(never).isZero();
    }
  }

  @Test
  @DisplayName("no private address: the connection is never made")
  void refusesPrivateAddresses() throws IOException {
    answerKeys(null);
    try (KeySetAddresses addresses = new KeySetAddresses(new PublicAddresses(), false)) {
      for (String address :
          new String[] {
            url, url.replace("127.0.0.1", "localhost"), url.replace("127.0.0.1", "127.1")
          }) {
        assertThatThrownBy(() -> addresses.read(address))
            .as(address)
            .isInstanceOf(UnknownHostException.class);
      }
    }
    assertThat(reads).hasValue(0);
  }

  @Test
  void wantsHttps() throws IOException {
    answerKeys(null);
    try (KeySetAddresses addresses = new KeySetAddresses(SystemDefaultDnsResolver.INSTANCE, true)) {
      assertThatThrownBy(() -> addresses.read(url)).isInstanceOf(IOException.class);
    }
    assertThat(reads).hasValue(0);
  }

  @Test
  void followsNoRedirect() throws IOException {
    answer(
        exchange -> {
          exchange.getResponseHeaders().set("Location", url + "?again");
          exchange.sendResponseHeaders(302, -1);
        });
    try (KeySetAddresses addresses = ofThisMachine()) {
      assertThatThrownBy(() -> addresses.read(url)).isInstanceOf(IOException.class);
    }
    assertThat(reads).hasValue(1);
  }

  @Test
  void refusesWhatIsTooLargeOrNoKeySet() throws IOException {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[200_000]);
        });
    try (KeySetAddresses addresses = ofThisMachine()) {
      assertThatThrownBy(() -> addresses.read(url)).hasMessageContaining("too large");
    }
    web.removeContext("/jwks");
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("<html>".getBytes(StandardCharsets.UTF_8));
        });
    try (KeySetAddresses addresses = ofThisMachine()) {
      assertThatThrownBy(() -> addresses.read(url)).hasMessageContaining("cannot be read");
    }
  }

  @Test
  @Timeout(15)
  @DisplayName("a server that sends a byte now and then cannot hold a request for long")
  void waitsNotForEver() throws IOException {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int second = 0; second < 20; second++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            try {
              Thread.sleep(1000);
            } catch (InterruptedException e) {
              return;
            }
          }
        });
    try (KeySetAddresses addresses = ofThisMachine()) {
      assertThatThrownBy(() -> addresses.read(url)).isInstanceOf(IOException.class);
    }
  }
}
