package dev.kiln.bench.feed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Several senders at once, each with its own connection and its own patients. */
public final class Feed implements AutoCloseable {

  private final List<Sender> senders = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();

  /**
   * Connects when it is first allowed to send.
   *
   * @param port the MLLP port, which may be closed for some time
   * @param lanes the messages of each connection, in their order
   */
  public Feed(int port, List<? extends Iterator<Message>> lanes) {
    for (Iterator<Message> lane : lanes) {
      Sender sender = new Sender(port, lane, deliveries::add);
      Thread thread = new Thread(sender, "sender-" + senders.size());
      thread.setDaemon(true);
      senders.add(sender);
      threads.add(thread);
      thread.start();
    }
  }

  /** Lets each connection send so many messages more. */
  public void allow(int number) {
    senders.forEach(sender -> sender.allow(number));
  }

  /** Lets everything out. */
  public void allowAll() {
    allow(Integer.MAX_VALUE / 2);
  }

  /**
   * Waits until every message that was begun is acknowledged and, where the messages have an end
   * and were all allowed, until that end.
   */
  public void await() throws IOException, InterruptedException {
    for (int i = 0; i < threads.size(); i++) {
      threads.get(i).join();
      if (senders.get(i).failure() != null) {
        throw senders.get(i).failure();
      }
    }
  }

  /** Begins no further message, and waits for those at hand. */
  public void end() throws IOException, InterruptedException {
    senders.forEach(Sender::end);
    await();
  }

  /** All messages that were begun so far. Those of one connection stand in their order. */
  public List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  /** How many messages have been accepted or refused so far. */
  public long answered() {
    return deliveries.stream().filter(one -> one.isAccepted() || one.isRefused()).count();
  }

  public boolean isSending() {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  @Override
  public void close() {
    senders.forEach(Sender::end);
    threads.forEach(Thread::interrupt);
  }
}
