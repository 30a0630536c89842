package dev.kiln.routes.inbox.queue;

import dev.kiln.routes.MessageId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Lets a listener wait for what becomes of its message. */
public final class Awaited {

  /** What became of a message. */
  public enum Outcome {
    APPLIED,
    FAILED
  }

  private final Map<MessageId, CompletableFuture<Outcome>> waiting = new ConcurrentHashMap<>();

  /** Called by the workers, for every message. */
  public void tell(MessageId id, Outcome outcome) {
    CompletableFuture<Outcome> waiter = waiting.remove(id);
    if (waiter != null) {
      waiter.complete(outcome);
    }
  }

  /**
   * Waits for the outcome.
   *
   * @param isOver asked once it is listened for, whether the message has been finished before
   * @return empty where it is not finished in that time
   */
  public Optional<Outcome> outcome(
      MessageId id, Duration most, Supplier<Optional<Outcome>> isOver) {
    CompletableFuture<Outcome> waiter =
        waiting.computeIfAbsent(id, none -> new CompletableFuture<>());
    Optional<Outcome> already = isOver.get();
    if (already.isPresent()) {
      waiting.remove(id);
      return already;
    }
    try {
      return Optional.of(waiter.get(most.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      waiting.remove(id);
    }
  }
}
