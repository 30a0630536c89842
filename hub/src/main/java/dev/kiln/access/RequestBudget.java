package dev.kiln.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How many requests a client may make in a minute, so that one that runs wild takes nothing from
 * the others. Whoever is unknown is counted by the address, and with IPv6 by the network that one
 * household or host is given.
 */
public final class RequestBudget {

  private static final int MOST_CLIENTS = 100_000;
  private static final int NETWORK_BYTES = 8;

  private final long perMinute;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_CLIENTS)
          // By then a bucket is full again, and a fresh one is the same.
          .expireAfterAccess(Duration.ofMinutes(2))
          .build();

  public RequestBudget(long perMinute) {
    this.perMinute = perMinute;
  }

  /**
   * Takes one request of a known client's.
   *
   * @return seconds to wait; 0 where the request may go on
   */
  long ofClient(String clientId) {
    return take("client " + clientId);
  }

  /** The same for whoever has no token of ours. */
  long ofStranger(String address) {
    return take("address " + network(address));
  }

  private long take(String whose) {
    Bucket bucket =
        buckets.get(
            whose,
            fresh ->
                Bucket.builder()
                    .addLimit(
                        limit ->
                            limit
                                .capacity(perMinute)
                                .refillGreedy(perMinute, Duration.ofMinutes(1)))
                    .build());
    ConsumptionProbe taken = bucket.tryConsumeAndReturnRemaining(1);
    return taken.isConsumed()
        ? 0
        : Math.max(
            1, Duration.ofNanos(taken.getNanosToWaitForRefill()).plusMillis(999).toSeconds());
  }

  /** An address that the container gives is a literal, which is not looked up anywhere. */
  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length <= NETWORK_BYTES
          ? address
          : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES));
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
