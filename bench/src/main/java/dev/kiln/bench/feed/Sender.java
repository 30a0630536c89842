package dev.kiln.bench.feed;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A sender as it should be: one message at a time, in order, and none is given up before it is
 * acknowledged, however often the hub dies over it.
 */
final class Sender implements Runnable {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(6);
  private static final int PAUSE_MILLIS = 50;

  private final int port;
  private final Iterator<Message> messages;
  private final Consumer<Delivery> deliveries;
  private final Semaphore allowance = new Semaphore(0);
  private volatile boolean ending;
  private volatile IOException failure;
  private MllpConnection connection;

  Sender(int port, Iterator<Message> messages, Consumer<Delivery> deliveries) {
    this.port = port;
    this.messages = messages;
    this.deliveries = deliveries;
  }

  /** Lets so many messages out, and no longer what was left of an earlier allowance. */
  void allow(int number) {
    allowance.drainPermits();
    allowance.release(number);
  }

  /** Begins no further message; the one at hand is brought to its end. */
  void end() {
    ending = true;
    allowance.release();
  }

  IOException failure() {
    return failure;
  }

  @Override
  public void run() {
    try {
      for (allowance.acquire(); !ending && messages.hasNext(); allowance.acquire()) {
        Delivery delivery = new Delivery(messages.next());
        deliveries.accept(delivery);
        deliver(delivery);
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      hangUp();
    }
  }

  private void deliver(Delivery delivery) throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      try {
        if (connection == null) {
          connection = new MllpConnection(port);
        }
        long sent = System.nanoTime();
        connection.send(delivery.message());
        delivery.tried();
        String code = connection.acknowledgement(delivery.message());
        if (!code.endsWith("E")) {
          delivery.answered(code, System.nanoTime() - sent);
          return;
        }
        // AE: it could not be kept now, and may be later.
        delivery.failed(code);
      } catch (IOException e) {
        hangUp();
        delivery.failed(e instanceof ConnectException ? "no connection" : "no answer");
        if (System.nanoTime() > end) {
          throw e;
        }
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            "Message " + delivery.message().controlId() + " was not taken in six minutes");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private void hangUp() {
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException e) {
        // The other side is gone already.
      }
      connection = null;
    }
  }
}
