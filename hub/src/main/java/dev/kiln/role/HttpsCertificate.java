package dev.kiln.role;

import dev.kiln.routes.control.Watch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How long the certificate of HTTPS is good, beside those of the listeners. It is read once, as
 * Tomcat does it.
 *
 * @param ends empty where HTTP is plain
 */
record HttpsCertificate(Optional<Instant> ends) implements MeterBinder, Watch {

  private static final String LISTENER = "https";

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.CERTIFICATE_ENDS);
  }

  @Override
  public List<Condition> look() {
    return ends.flatMap(end -> Watch.certificate(LISTENER, end, Instant.now()))
        .map(List::of)
        .orElse(List.of());
  }

  @Override
  public void bindTo(MeterRegistry metrics) {
    ends.ifPresent(
        end ->
            TimeGauge.builder(
                    "kiln.certificate.expiry",
                    () -> Duration.between(Instant.now(), end).toSeconds(),
                    TimeUnit.SECONDS)
                .description("How long the certificate is still good; negative when it has ended")
                .tag("listener", LISTENER)
                .register(metrics));
  }

  /**
   * @param https null where HTTP is plain; where its file cannot be read, Tomcat tells so
   */
  static HttpsCertificate of(HubSettings.Https https) {
    return new HttpsCertificate(https == null ? Optional.empty() : read(https));
  }

  private static Optional<Instant> read(HubSettings.Https https) {
    try {
      char[] password = Files.readString(https.passwordFile()).strip().toCharArray();
      KeyStore keys = KeyStore.getInstance(https.keyStore().toFile(), password);
      Instant first = Instant.MAX;
      for (String alias : Collections.list(keys.aliases())) {
        Certificate[] chain = keys.getCertificateChain(alias);
        for (Certificate one : chain == null ? new Certificate[0] : chain) {
          Instant end = ((X509Certificate) one).getNotAfter().toInstant();
          first = end.isBefore(first) ? end : first;
        }
      }
      return Optional.of(first).filter(end -> end.isBefore(Instant.MAX));
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }
}
