package dev.kiln.routes.inbox.queue;

import dev.kiln.routes.inbox.Receipt;
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

  /** True of a message in none of whose lanes an earlier one stands. */
  private static final String IS_NEXT =
      """
      (not exists (select from lane mine
                   where mine.seq = message.seq
                     and mine.seq > (select min(seq) from lane where key = mine.key)))
      """;

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
    lockThese(all);
    return withJoined(lanes).equals(all) ? all : new TreeSet<>();
  }

  /** Locks exactly these lanes until the transaction ends, in the order of their numbers. */
  void lockThese(TreeSet<Long> lanes) {
    jdbc.sql("select pg_advisory_xact_lock(key) from unnest(:keys) as key")
        .param("keys", array(lanes))
        .query((row, number) -> number)
        .list();
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

  /**
   * Frees the lanes of a finished message, and lets those that are the first in all of their lanes
   * now be taken. The lanes must be locked, so that nobody enters them at this moment.
   */
  void leave(TreeSet<Long> lanes, long seq) {
    jdbc.sql("delete from lane where seq = :seq").param("seq", seq).update();
    List<Long> next =
        jdbc.sql(
                """
                select distinct place from unnest(:keys) as freed (key),
                  lateral (select min(seq) as place from lane where lane.key = freed.key) as first
                where place is not null
                """)
            .param("keys", array(lanes))
            .query(Long.class)
            .list();
    if (!next.isEmpty()) {
      release(next.toArray(Long[]::new));
    }
  }

  /**
   * A message that comes next in one lane may stand in others as well, whose locks are not held:
   * with its row locked, the last of those that it waits for is the one to free it.
   */
  private void release(Long[] next) {
    jdbc.sql("select seq from message where seq = any (:next) order by seq for update")
        .param("next", next)
        .query(Long.class)
        .list();
    jdbc.sql(
            "update message set is_first = true where seq = any (:next) and not is_first and "
                + IS_NEXT)
        .param("next", next)
        .update();
  }

  /** Says of all waiting messages anew whether they are the first in their lanes. */
  void reckon() {
    jdbc.sql(
            "update message set is_first = not is_first where state = 'received' and is_first <> "
                + IS_NEXT)
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
