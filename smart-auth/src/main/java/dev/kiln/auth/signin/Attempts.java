package dev.kiln.auth.signin;

import dev.kiln.auth.AuthSettings;
import dev.kiln.auth.secret.SealingKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts attempts before it is known whether they are right, so that many at once get no further
 * than one after the other. Whoever has used up what is let pass must wait a minute, then two, then
 * four. What exists and what does not is counted alike.
 */
public final class Attempts {

  private static final int NETWORK = 8;

  private final JdbcClient jdbc;
  private final SealingKey key;
  private final AuthSettings.Attempts settings;

  Attempts(JdbcClient jdbc, SealingKey key, AuthSettings.Attempts settings) {
    this.jdbc = jdbc;
    this.key = key;
    this.settings = settings;
  }

  /** False where it must wait; then it is not counted either, so that waiting has an end. */
  public boolean begin(Target target) {
    return jdbc.sql(
            """
            insert into attempt as former (digest, count, free_from) values (:digest, 1, now())
            on conflict (digest) do update set
              count = case when former.free_from < now() - :window * interval '1 second' then 1
                           else former.count + 1 end,
              free_from = case
                when former.free_from < now() - :window * interval '1 second'
                  or former.count + 1 < :most then now()
                else now() + least(:window, 60 * power(2, least(former.count + 1 - :most, 20)))
                             * interval '1 second'
                end
            where former.free_from <= now()
            returning 1
            """)
        .param("digest", key.sign(target.what()))
        .param(
            "most", target.kind() == Kind.ADDRESS ? settings.perAddress() : settings.perAccount())
        .param("window", settings.window().toSeconds())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** It was right: it does not count, and where it proves who it was, nor do those before. */
  public void right(Target target) {
    if (target.kind() == Kind.ADDRESS) {
      jdbc.sql(
              """
              update attempt set count = greatest(count - 1, 0), free_from = now()
              where digest = :digest
              """)
          .param("digest", key.sign(target.what()))
          .update();
    } else {
      jdbc.sql("delete from attempt where digest = :digest")
          .param("digest", key.sign(target.what()))
          .update();
    }
    jdbc.sql("delete from attempt where free_from < now() - :window * interval '1 second'")
        .param("window", settings.window().toSeconds())
        .update();
  }

  /** Those of them that must wait now. */
  Set<Target> waiting(Collection<Target> targets) {
    Map<String, Target> byDigest = new HashMap<>();
    targets.forEach(target -> byDigest.put(hex(key.sign(target.what())), target));
    return jdbc
        .sql(
            """
            select digest from attempt
            where free_from > now() and digest in (select unnest(:digests))
            """)
        .param(
            "digests",
            byDigest.keySet().stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new))
        .query(byte[].class)
        .list()
        .stream()
        .map(digest -> byDigest.get(hex(digest)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  enum Kind {
    LOGIN,
    ADDRESS,
    CODE,
    LINK
  }

  /** What is attempted against, or from where. */
  public record Target(Kind kind, String value) {

    public static Target login(String key) {
      return new Target(Kind.LOGIN, key);
    }

    /** Of IPv6 the network's half, since one customer has the whole other half to change within. */
    public static Target address(String address) {
      if (!address.contains(":")) {
        return new Target(Kind.ADDRESS, address);
      }
      try {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        return new Target(
            Kind.ADDRESS, HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK)));
      } catch (UnknownHostException e) {
        return new Target(Kind.ADDRESS, address);
      }
    }

    /** Of an account's second factor. */
    public static Target code(String account) {
      return new Target(Kind.CODE, account);
    }

    /** Asking for a link by e-mail. */
    public static Target link(String asked) {
      return new Target(Kind.LINK, asked);
    }

    private String what() {
      return "attempt " + kind + " " + value;
    }
  }
}
