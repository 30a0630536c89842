package dev.kiln.auth.secondfactor;

import dev.kiln.auth.Account;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.secret.SealingKey;
import dev.kiln.auth.secret.Secrets;
import dev.samstevens.totp.secret.DefaultSecretGenerator;
import dev.samstevens.totp.secret.SecretGenerator;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.transaction.support.TransactionTemplate;

/** Enrols and asks for second factors. */
public final class SecondFactors {

  /** Attribute of a session: the sealed secret that it was shown. */
  private static final String PROPOSED = "dev.kiln.second-factor";

  private static final int RECOVERY_CODES = 10;

  /** 80 bits, so that a thief of their digests cannot try them all. */
  private static final int RECOVERY_LETTERS = 16;

  private static final int SECRET_LETTERS = 32;
  private static final Pattern SIX_DIGITS = Pattern.compile("\\d{6}");

  private final SecondFactorTable table;
  private final TransactionTemplate transactions;
  private final SealingKey key;
  private final TimeCode timeCode;
  private final AuthAddresses addresses;
  private final SecretGenerator secrets = new DefaultSecretGenerator(SECRET_LETTERS);

  SecondFactors(
      SecondFactorTable table,
      TransactionTemplate transactions,
      SealingKey key,
      TimeCode timeCode,
      AuthAddresses addresses) {
    this.table = table;
    this.transactions = transactions;
    this.key = key;
    this.timeCode = timeCode;
    this.addresses = addresses;
  }

  /**
   * What a phone app needs.
   *
   * @param secret in Base32, in groups of four, for people to type
   * @param address {@code otpauth:} URI of the same
   */
  public record Enrolment(String secret, String address, QrCode qrCode) {}

  public boolean has(Account account) {
    return table.secret(account.id()).isPresent();
  }

  public int recoveryCodesLeft(Account account) {
    return table.recoveryCodes(account.id());
  }

  /**
   * The secret that waits to be confirmed in this session; the same one until it is. No other
   * session is shown it: somebody who was in with a password that has been changed since must not
   * know the secret that its owner enrols.
   */
  public Enrolment enrolment(Account account, String login, HttpSession session) {
    String secret =
        proposed(account, session)
            .orElseGet(
                () -> {
                  String fresh = secrets.generate();
                  session.setAttribute(PROPOSED, key.seal(fresh, account.id()));
                  return fresh;
                });
    String address =
        "otpauth://totp/%s:%s?secret=%s&issuer=%s"
            .formatted(escaped(label()), escaped(login), secret, escaped(label()));
    return new Enrolment(secret.replaceAll("(.{4})(?!$)", "$1 "), address, QrCode.of(address));
  }

  /**
   * Makes the waiting secret the account's own, where the code shows that the person has it.
   *
   * @return recovery codes, which are shown once and replace all former ones; empty where the code
   *     is wrong
   */
  public Optional<List<String>> confirm(Account account, String code, HttpSession session) {
    Optional<String> secret = proposed(account, session);
    OptionalLong step =
        secret.isPresent() ? timeCode.step(secret.get(), digits(code)) : OptionalLong.empty();
    if (step.isEmpty()) {
      return Optional.empty();
    }
    byte[] sealed = key.seal(secret.get(), account.id());
    forgetProposed(session);
    return Optional.of(
        transactions.execute(
            status -> {
              table.put(account.id(), sealed, step.getAsLong());
              return renewRecoveryCodes(account);
            }));
  }

  /** Whoever comes in afterwards is shown another one. */
  public void forgetProposed(HttpSession session) {
    session.removeAttribute(PROPOSED);
  }

  /** Whether it is the code of now, or a recovery code; either counts once. */
  public boolean accepts(Account account, String code) {
    String digits = digits(code);
    if (!SIX_DIGITS.matcher(digits).matches()) {
      return table.useRecoveryCode(account.id(), Secrets.hash(recovery(code)));
    }
    Optional<String> secret =
        table.secret(account.id()).flatMap(kept -> key.open(kept, account.id()));
    OptionalLong step =
        secret.isPresent() ? timeCode.step(secret.get(), digits) : OptionalLong.empty();
    return step.isPresent() && table.use(account.id(), step.getAsLong());
  }

  /** All former ones are void. */
  public List<String> renewRecoveryCodes(Account account) {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < RECOVERY_CODES; i++) {
      codes.add(Secrets.readable(RECOVERY_LETTERS));
    }
    table.replaceRecoveryCodes(
        account.id(), codes.stream().map(code -> Secrets.hash(recovery(code))).toList());
    return codes;
  }

  public void remove(Account account) {
    table.remove(account.id());
  }

  private Optional<String> proposed(Account account, HttpSession session) {
    return session.getAttribute(PROPOSED) instanceof byte[] sealed
        ? key.open(sealed, account.id())
        : Optional.empty();
  }

  private String label() {
    return "Kiln " + URI.create(addresses.issuer()).getHost();
  }

  private static String digits(String code) {
    return code.replaceAll("\\s", "");
  }

  /** Typed in capitals, with or without the hyphens, with letters that look like digits. */
  private static String recovery(String code) {
    return code.toLowerCase(Locale.ROOT)
        .replaceAll("[\\s-]", "")
        .replace('o', '0')
        .replace('i', '1')
        .replace('l', '1');
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
