package dev.kiln.auth.assertion;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.util.Timeout;

/**
 * Reads the key sets that clients publish, and keeps each no longer than its Cache-Control allows
 * (SMART App Launch 2.2, "Registering a client"): without one, not at all. A client can thus
 * withdraw a key at once.
 */
final class KeySetAddresses implements AutoCloseable {

  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_KEPT = 1000;
  private static final int MOST_SECONDS = 5;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration FAILED = Duration.ofSeconds(10);

  private final CloseableHttpClient http;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "auth-key-sets");
            thread.setDaemon(true);
            return thread;
          });
  private final boolean mustBeSecure;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  /**
   * @param keys null where the address has just failed
   */
  private record Kept(JWKSet keys, Instant until) {}

  /**
   * @param mustBeSecure false in development, where key sets are served by this machine
   */
  KeySetAddresses(DnsResolver names, boolean mustBeSecure) {
    this.mustBeSecure = mustBeSecure;
    this.http =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(names)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.ofSeconds(3))
                            .setSocketTimeout(Timeout.ofSeconds(3))
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.ofSeconds(3))
                    .setResponseTimeout(Timeout.ofSeconds(3))
                    .build())
            // A redirect could lead where the registration may not.
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .build();
  }

  /**
   * The keys that are published there now.
   *
   * @throws IOException where they cannot be read
   */
  JWKSet read(String url) throws IOException {
    Kept known = kept.get(url);
    if (known != null && known.until().isAfter(Instant.now())) {
      if (known.keys() == null) {
        throw new IOException("The key set could not be read a moment ago");
      }
      return known.keys();
    }
    URI address = URI.create(url);
    if (mustBeSecure && !"https".equals(address.getScheme())) {
      throw new IOException("Key sets are read over https only");
    }
    try {
      Kept fresh = fetched(new HttpGet(address));
      keep(url, fresh);
      return fresh.keys();
    } catch (IOException e) {
      // Anybody can name the client; that must not hold a thread for seconds each time.
      keep(url, new Kept(null, Instant.now().plus(FAILED)));
      throw e;
    }
  }

  private void keep(String url, Kept fresh) {
    if (kept.size() >= MOST_KEPT) {
      kept.clear();
    }
    kept.put(url, fresh);
  }

  /** The timeouts of sockets begin anew with each byte; this one does not. */
  private Kept fetched(HttpGet request) throws IOException {
    ScheduledFuture<?> deadline =
        deadlines.schedule(request::cancel, MOST_SECONDS, TimeUnit.SECONDS);
    try {
      return http.execute(request, KeySetAddresses::parsed);
    } finally {
      deadline.cancel(false);
    }
  }

  private static Kept parsed(ClassicHttpResponse response) throws IOException {
    if (response.getCode() != 200 || response.getEntity() == null) {
      throw new IOException("The key set's address answers " + response.getCode());
    }
    try (InputStream content = response.getEntity().getContent()) {
      byte[] bytes = content.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("The key set is too large");
      }
      Header caching = response.getFirstHeader(HttpHeaders.CACHE_CONTROL);
      Duration age = caching == null ? Duration.ZERO : age(caching.getValue());
      return new Kept(
          JWKSet.parse(new String(bytes, StandardCharsets.UTF_8)), Instant.now().plus(age));
    } catch (ParseException e) {
      throw new IOException("The key set cannot be read", e);
    }
  }

  static Duration age(String cacheControl) {
    Duration age = Duration.ZERO;
    for (String directive : cacheControl.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = directive.strip().split("=", 2);
      if (Arrays.asList("no-store", "no-cache").contains(parts[0])) {
        return Duration.ZERO;
      }
      if (parts[0].equals("max-age") && parts.length == 2 && parts[1].matches("\\d{1,9}")) {
        age = Duration.ofSeconds(Long.parseLong(parts[1]));
      }
    }
    return age.compareTo(LONGEST) > 0 ? LONGEST : age;
  }

  @Override
  public void close() throws IOException {
    deadlines.shutdownNow();
    http.close();
  }
}
