package dev.kiln.auth;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator decides about signing in.
 *
 * @param key The key itself, 32 bytes in Base64, where it comes from the environment; the file is
 *     then not used.
 * @param keyFile File of the key that seals what must not be read from the database, such as second
 *     factors and the keys that sign tokens; made at the first start.
 * @param session How long somebody stays signed in.
 * @param attempts How many wrong attempts are let pass.
 * @param mail How e-mail is sent; none is when the host is not set.
 * @param upstream The organisation's own OpenID Connect provider; none when its issuer is not set.
 */
@Validated
@ConfigurationProperties("kiln.auth")
public record AuthSettings(
    @DefaultValue("./data/auth.key") Path keyFile,
    String key,
    @Valid @DefaultValue Session session,
    @Valid @DefaultValue Attempts attempts,
    @Valid @DefaultValue Mail mail,
    @Valid @DefaultValue Upstream upstream) {

  /** A key that got into a log would have to be changed. */
  @Override
  public String toString() {
    return "AuthSettings[session=" + session + ", attempts=" + attempts + "]";
  }

  /**
   * How long somebody stays signed in.
   *
   * @param idle Without doing anything, at most a day.
   * @param longest Whatever they do, at most a week.
   */
  public record Session(@DefaultValue("30m") Duration idle, @DefaultValue("12h") Duration longest) {

    public Session {
      if (idle.compareTo(Duration.ofMinutes(1)) < 0 || idle.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("session.idle must lie between 1m and 1d.");
      }
      if (longest.compareTo(idle) < 0 || longest.compareTo(Duration.ofDays(7)) > 0) {
        throw new IllegalArgumentException(
            "session.longest must not be shorter than session.idle, nor longer than 7d.");
      }
    }
  }

  /**
   * How many wrong attempts are let pass.
   *
   * @param perAccount Of one login name, before it must wait.
   * @param perAddress From one address within the window, before it must wait.
   * @param window After so long without an attempt, earlier ones are forgotten; also the longest
   *     wait.
   */
  public record Attempts(
      @DefaultValue("5") @Min(3) @Max(100) int perAccount,
      @DefaultValue("50") @Min(5) @Max(10000) int perAddress,
      @DefaultValue("15m") Duration window) {

    public Attempts {
      if (window.compareTo(Duration.ofMinutes(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("attempts.window must lie between 1m and 1d.");
      }
    }
  }

  /**
   * How e-mail is sent.
   *
   * @param host SMTP server; no e-mail is sent when not set.
   * @param port Its port.
   * @param security Whether the connection is encrypted from its start (tls), after a greeting
   *     (starttls) or never (none).
   * @param username Name at the SMTP server; it is not asked for one when not set.
   * @param passwordFile File that holds the password at the SMTP server, and nothing else.
   * @param from Address that e-mail comes from.
   * @param invitationLife How long the link of an invitation works.
   * @param resetLife How long the link for a forgotten password works.
   */
  public record Mail(
      String host,
      @DefaultValue("587") @Min(1) @Max(65535) int port,
      @DefaultValue("starttls") Security security,
      String username,
      Path passwordFile,
      @DefaultValue("kiln@localhost") String from,
      @DefaultValue("3d") Duration invitationLife,
      @DefaultValue("30m") Duration resetLife) {

    public Mail {
      if (invitationLife.toMinutes() < 5 || invitationLife.toDays() > 14) {
        throw new IllegalArgumentException("mail.invitation-life must lie between 5m and 14d.");
      }
      if (resetLife.toMinutes() < 5 || resetLife.toHours() > 24) {
        throw new IllegalArgumentException("mail.reset-life must lie between 5m and 24h.");
      }
    }

    /** How a connection to the SMTP server is encrypted. */
    public enum Security {
      TLS,
      STARTTLS,
      NONE
    }
  }

  /**
   * The organisation's own OpenID Connect provider, with which people can sign in too.
   *
   * @param issuer Its issuer, as in its discovery document; nobody signs in with it when not set.
   * @param name What people call it, on the button.
   * @param clientId Kiln's name there.
   * @param clientSecretFile File that holds Kiln's secret there, and nothing else.
   * @param loginClaim Claim that has the login name of the account, looked at when somebody comes
   *     for the first time.
   */
  public record Upstream(
      URI issuer,
      @DefaultValue("your organisation") String name,
      @DefaultValue("kiln") String clientId,
      Path clientSecretFile,
      @DefaultValue("preferred_username") String loginClaim) {

    public boolean isThere() {
      return issuer != null;
    }
  }
}
