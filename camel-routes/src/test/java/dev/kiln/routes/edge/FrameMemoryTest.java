package dev.kiln.routes.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kiln.routes.settings.WrongListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrameMemoryTest {

  @Test
  void whoWantsMoreThanThereIsWaits() throws Exception {
    FrameMemory memory = new FrameMemory(100, 100);
    Object first = new Object();
    memory.claim(first, 60);
    CompletableFuture<Void> second = claim(memory, new Object(), 50);
    assertThat(second).isNotDone();
    memory.claim(first, 40);
    Thread.sleep(100);
    assertThat(second).as("one frame can always be finished").isNotDone();
    memory.release(first);
    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void framesThatGrowTogetherNeverWaitForEachOtherAndNeverHoldTooMuch() throws Exception {
    FrameMemory memory = new FrameMemory(250, 100);
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    List<CompletableFuture<Void>> frames = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Random random = new Random(i);
      frames.add(
          run(
              () -> {
                for (int round = 0; round < 100; round++) {
                  Object frame = new Object();
                  int size = 0;
                  for (int step = 1 + random.nextInt(20); size + step <= 100; ) {
                    memory.claim(frame, step);
                    size += step;
                    most.accumulateAndGet(held.addAndGet(step), Math::max);
                    Thread.yield();
                  }
                  held.addAndGet(-size);
                  memory.release(frame);
                }
              }));
    }
    for (CompletableFuture<Void> frame : frames) {
      frame.get();
    }
    assertThat(most.get()).isBetween(100L, 250L);
  }

  @Test
  void closingSendsAwayWhoWaits() throws Exception {
    FrameMemory memory = new FrameMemory(100, 100);
    memory.claim(new Object(), 100);
    CompletableFuture<Void> waiting = claim(memory, new Object(), 1);
    memory.close();
    assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IOException.class);
  }

  private static CompletableFuture<Void> claim(FrameMemory memory, Object holder, int bytes) {
    return run(() -> memory.claim(holder, bytes));
  }

  private interface Claiming {
    void run() throws IOException;
  }

  private static CompletableFuture<Void> run(Claiming claiming) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            claiming.run();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start());
  }

  @Test
  void moreMemoryThanHalfOfTheHeapIsRefused() {
    EdgeConfiguration.refuseTooMuchMemory(64 << 20, 128 << 20);
    assertThatThrownBy(() -> EdgeConfiguration.refuseTooMuchMemory(64 << 20, 127 << 20))
        .isInstanceOf(WrongListener.class)
        .hasMessageContaining("max-buffered")
        .hasMessageContaining("together 64 MB");
  }
}
