package dev.kiln.routes.alert;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator decides about alerts.
 *
 * @param to Addresses that get alerts by e-mail, sent as kiln.auth.mail says; none when empty.
 * @param webhook Where alerts are posted to.
 * @param blockedFor A lane that a passing fault has blocked for so long is told of.
 * @param waitingFor A message that has waited for so long is told of.
 * @param silence By the name of a listener, for example kiln.routes.alerts.silence.lab: it is told
 *     of when nothing has come for so long.
 * @param remindEvery After so long an alert that goes on is told of again; one of dead letters only
 *     when there are more.
 */
@Validated
@ConfigurationProperties("kiln.routes.alerts")
public record AlertSettings(
    @DefaultValue List<String> to,
    @DefaultValue Webhook webhook,
    @DefaultValue("10m") Duration blockedFor,
    @DefaultValue("15m") Duration waitingFor,
    @DefaultValue Map<String, Duration> silence,
    @DefaultValue("1d") Duration remindEvery) {

  private static final String ADDRESS = "[^\\s@<>,;]+@[^\\s@<>,;]+";

  public AlertSettings {
    for (String address : to) {
      if (!address.matches(ADDRESS)) {
        throw new IllegalArgumentException("alerts.to: an e-mail address is wanted.");
      }
    }
    least("blocked-for", blockedFor);
    least("waiting-for", waitingFor);
    least("remind-every", remindEvery);
    silence = new TreeMap<>(silence);
    silence.forEach((listener, length) -> least("silence." + listener, length));
  }

  private static void least(String name, Duration length) {
    if (length.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("alerts." + name + " must be a minute or more.");
    }
  }

  /**
   * Where alerts are posted to.
   *
   * @param url Address, http or https; none when not set.
   * @param secretFile File that holds the secret that signs them, 16 characters or more, and
   *     nothing else.
   */
  public record Webhook(URI url, Path secretFile) {

    public Webhook {
      if (url != null) {
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
          throw new IllegalArgumentException(
              "alerts.webhook.url must begin with https:// or http://.");
        }
        if (url.getUserInfo() != null) {
          throw new IllegalArgumentException(
              "alerts.webhook.url must have no user and no password.");
        }
        if (secretFile == null) {
          throw new IllegalArgumentException(
              "alerts.webhook.secret-file is needed with alerts.webhook.url.");
        }
      }
    }
  }
}
