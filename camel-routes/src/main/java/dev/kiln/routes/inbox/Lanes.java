package dev.kiln.routes.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps messages about one patient in the order of their arrival. A lane goes by a number; while a
 * message is taken in, its transaction holds a lock on each of its lanes, so that within a lane the
 * order of the sequence numbers is the order of the commits.
 */
final class Lanes {

  private final JdbcClient jdbc;

  Lanes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The numbers of a message's lanes; where it names nobody, its sender is its lane. */
  static TreeSet<Long> numbers(Receipt receipt, String source) {
    TreeSet<Long> numbers = new TreeSet<>();
    receipt.lanes().forEach(key -> numbers.add(number("patient " + key)));
    if (numbers.isEmpty()) {
      numbers.add(number("sender " + source + " " + receipt.sender()));
    }
    return numbers;
  }

  /**
   * Locks the lanes until the transaction ends, together with those that they have been joined to.
   *
   * @return all of them, or an empty set where another merge came in between: then the transaction
   *     must begin anew, since locks out of order could wait for each other in a circle
   */
  TreeSet<Long> lock(TreeSet<Long> lanes) {
    TreeSet<Long> all = withJoined(lanes);
    jdbc.sql("select pg_advisory_xact_lock(key) from unnest(:keys) as key")
        .param("keys", array(all))
        .query((row, number) -> number)
        .list();
    return withJoined(lanes).equals(all) ? all : new TreeSet<>();
  }

  /** Gives locked lanes one name, so that whatever comes into one of them waits for all. */
  void join(TreeSet<Long> lanes) {
    jdbc.sql(
            """
            with named as (update joined_lane set name = :name where name = any (:keys) returning key)
            insert into joined_lane (key, name) select key, :name from unnest(:keys) as key
            on conflict (key) do update set name = excluded.name
            """)
        .param("name", lanes.first())
        .param("keys", array(lanes))
        .update();
  }

  void enter(TreeSet<Long> lanes, long seq) {
    jdbc.sql("insert into lane (key, seq) select key, :seq from unnest(:keys) as key")
        .param("seq", seq)
        .param("keys", array(lanes))
        .update();
  }

  private TreeSet<Long> withJoined(TreeSet<Long> lanes) {
    List<Long> names =
        jdbc.sql("select name from joined_lane where key = any (:keys)")
            .param("keys", array(lanes))
            .query(Long.class)
            .list();
    TreeSet<Long> all = new TreeSet<>(lanes);
    all.addAll(names);
    return all;
  }

  static Long[] array(TreeSet<Long> lanes) {
    return lanes.toArray(Long[]::new);
  }

  private static long number(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
