package dev.kiln.auth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.secret.SealingKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys by which tokens are signed. A new one is published for a while before it signs, so that
 * every process knows it by then; an old one stays published until the last token that it signed
 * has ended. A rotation thus interrupts nobody.
 */
public final class SigningKeys implements JWKSource<SecurityContext> {

  /** Longer than any signed token lives. */
  public static final Duration PUBLISHED_AFTER_ROTATION = Duration.ofHours(2);

  private static final Duration FRESH = Duration.ofSeconds(10);

  /** So that made-up key ids cannot make it read the table for every request. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private static final Duration SIGNS_AFTER = FRESH.multipliedBy(2);
  private static final int BITS = 2048;

  /** Any number that no other lock of this database has. */
  private static final long ROTATION_LOCK = 7_202_640_911L;

  private final AuthDatabase database;
  private final SealingKey seal;
  private volatile Loaded loaded;

  private record Loaded(List<Published> newestFirst, Instant at) {}

  /**
   * A key that verifiers may see.
   *
   * @param isKnown whether every process has read it by now
   */
  private record Published(RSAKey key, boolean isKnown) {}

  SigningKeys(AuthDatabase database, SealingKey seal) {
    this.database = database;
    this.seal = seal;
    database
        .transactions()
        .executeWithoutResult(
            transaction -> {
              lock();
              if (read().isEmpty()) {
                insert();
              }
            });
  }

  /** Publishes a new key, which signs within half a minute. */
  public void rotate() {
    database
        .transactions()
        .executeWithoutResult(
            transaction -> {
              lock();
              database
                  .jdbc()
                  .sql("update signing_key set retired = clock_timestamp() where retired is null")
                  .update();
              insert();
            });
    loaded = null;
  }

  /** The key that signs, with its private half. */
  public RSAKey current() {
    List<Published> newestFirst = keys(FRESH).newestFirst();
    return newestFirst.stream()
        .filter(Published::isKnown)
        .findFirst()
        .orElse(newestFirst.get(newestFirst.size() - 1))
        .key();
  }

  /**
   * The key of that id. Another process may have made it a moment ago, so that an unknown one is
   * looked for again.
   */
  public Optional<RSAKey> byId(String kid) {
    Loaded known = keys(FRESH);
    Optional<RSAKey> key = find(kid, known);
    return key.isPresent() ? key : find(kid, keys(AGAIN));
  }

  @Override
  public List<JWK> get(JWKSelector selector, SecurityContext context) {
    return selector.select(published());
  }

  private JWKSet published() {
    return new JWKSet(
        keys(FRESH).newestFirst().stream().map(Published::key).map(JWK.class::cast).toList());
  }

  private static Optional<RSAKey> find(String kid, Loaded keys) {
    return keys.newestFirst().stream()
        .map(Published::key)
        .filter(key -> key.getKeyID().equals(kid))
        .findFirst();
  }

  private Loaded keys(Duration mostAge) {
    Loaded known = loaded;
    if (known == null || known.at().isBefore(Instant.now().minus(mostAge))) {
      known = new Loaded(read(), Instant.now());
      loaded = known;
    }
    return known;
  }

  /** Without those that another sealing key has sealed: after its loss there are fresh ones. */
  private List<Published> read() {
    return database
        .jdbc()
        .sql(
            """
            select kid, jwk, created < clock_timestamp() - ?::interval as is_known
            from signing_key
            where retired is null or retired > clock_timestamp() - ?::interval
            order by created desc\
            """)
        .param(SIGNS_AFTER.toString())
        .param(PUBLISHED_AFTER_ROTATION.toString())
        .query(
            (row, number) -> {
              boolean isKnown = row.getBoolean("is_known");
              return seal.open(row.getBytes("jwk"), row.getString("kid"))
                  .map(jwk -> new Published(parsed(jwk), isKnown));
            })
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private void insert() {
    RSAKey key = generated();
    database
        .jdbc()
        .sql("insert into signing_key (kid, jwk) values (?, ?)")
        .param(key.getKeyID())
        .param(seal.seal(key.toJSONString(), key.getKeyID()))
        .update();
  }

  /** Two processes that start at once agree on one key. */
  private void lock() {
    database
        .jdbc()
        .sql("select pg_advisory_xact_lock(?)")
        .param(ROTATION_LOCK)
        .query((row, number) -> null)
        .list();
  }

  private static RSAKey generated() {
    try {
      return new RSAKeyGenerator(BITS)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyID(UUID.randomUUID().toString())
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java has RSA", e);
    }
  }

  private static RSAKey parsed(String jwk) {
    try {
      return RSAKey.parse(jwk);
    } catch (ParseException e) {
      throw new IllegalStateException("A signing key in the database cannot be read", e);
    }
  }
}
