package dev.kiln.routes.inbox.seal;

import dev.kiln.routes.settings.RoutesSettings;
import dev.kiln.routes.settings.WrongKey;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of the keys with which messages have been sealed. For each it holds the key of the
 * digests, sealed with that key: so a wrong key is found out before it seals anything, and the
 * digests stay the same when keys change.
 */
public final class KnownKeys {

  private static final int BYTES = 32;

  private final JdbcClient jdbc;
  private final KeyFile file;
  private final Set<Integer> lost;

  public KnownKeys(JdbcClient jdbc, RoutesSettings.Seal settings) {
    this.jdbc = jdbc;
    this.file = new KeyFile(settings.keyFile());
    this.lost = settings.lostKeys();
  }

  /**
   * Makes the key file at the first start, and compares it with the messages at each.
   *
   * @throws WrongKey where there are sealed messages that it cannot open
   */
  public MessageSeal open() {
    TreeMap<Integer, byte[]> known = known();
    if (!file.isThere()) {
      refuseMissing(known);
      file.make(known.isEmpty() ? 1 : known.lastKey() + 1);
    }
    TreeMap<Integer, SecretKeySpec> keys = file.keys();
    byte[] digestKey = null;
    for (Map.Entry<Integer, byte[]> entry : known.entrySet()) {
      int number = entry.getKey();
      if (lost.contains(number)) {
        refuseReuse(number, keys);
        keys.remove(number);
      } else if (keys.containsKey(number)) {
        digestKey = proven(number, keys.get(number), entry.getValue());
      } else if (isUsed(number)) {
        throw new WrongKey(
            sealedWith(number) + ", which is not in " + file.path() + ": add it there.");
      } else {
        forget(number);
      }
    }
    if (digestKey == null) {
      digestKey = new byte[BYTES];
      new SecureRandom().nextBytes(digestKey);
    }
    note(keys.lastKey(), keys.lastEntry().getValue(), digestKey);
    return new MessageSeal(keys, digestKey);
  }

  private void refuseMissing(TreeMap<Integer, byte[]> known) {
    for (int number : known.keySet()) {
      if (!lost.contains(number) && isUsed(number)) {
        throw new WrongKey(
            sealedWith(number)
                + ", and there is no file "
                + file.path()
                + ": put it there, from the data folder in which it was made.");
      }
    }
  }

  private static String sealedWith(int number) {
    return "Messages in the database are sealed with key " + number;
  }

  /** A key under the number of a lost one would seal what looks like that one's. */
  private void refuseReuse(int number, TreeMap<Integer, SecretKeySpec> keys) {
    if (keys.lastKey() == number) {
      throw new WrongKey(
          "Key "
              + number
              + " is said to be lost (kiln.routes.seal.lost-keys): give the one in "
              + file.path()
              + " a higher number.");
    }
  }

  private byte[] proven(int number, SecretKeySpec key, byte[] sealed) {
    try {
      return MessageSeal.open(key, about(number), sealed);
    } catch (SealBroken e) {
      throw new WrongKey(
          sealedWith(number)
              + ", and the key "
              + number
              + " in "
              + file.path()
              + " is another one: put the right one there.");
    }
  }

  private TreeMap<Integer, byte[]> known() {
    TreeMap<Integer, byte[]> known = new TreeMap<>();
    jdbc.sql("select number, digest_key from seal_key")
        .query((row, index) -> known.put(row.getInt("number"), row.getBytes("digest_key")))
        .list();
    return known;
  }

  /** Asked only of a key that is missing, since it looks at all messages. */
  private boolean isUsed(int number) {
    return jdbc.sql(
            "select exists (select from message where raw_key = :number or detail_key = :number)")
        .param("number", number)
        .query(Boolean.class)
        .single();
  }

  private void forget(int number) {
    jdbc.sql("delete from seal_key where number = :number").param("number", number).update();
  }

  private void note(int number, SecretKeySpec key, byte[] digestKey) {
    jdbc.sql(
            """
            insert into seal_key (number, digest_key) values (:number, :sealed)
            on conflict do nothing
            """)
        .param("number", number)
        .param("sealed", MessageSeal.seal(key, about(number), digestKey))
        .update();
  }

  private static String about(int number) {
    return "key of the digests with key " + number;
  }
}
