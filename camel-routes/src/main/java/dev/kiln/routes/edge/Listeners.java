package dev.kiln.routes.edge;

import dev.kiln.routes.control.ListenerControl;
import dev.kiln.routes.edge.trial.TrialFault;
import dev.kiln.routes.edge.trial.TrialRun;
import dev.kiln.routes.inbox.TestMessages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.context.SmartLifecycle;

/** All listeners, of whatever kind; none of them waits for another. */
public final class Listeners implements SmartLifecycle, ListenerControl {

  private final Map<String, Way> listeners;
  private final TestMessages messages;
  private volatile boolean running;

  /**
   * @param messages with which they are tried
   */
  public Listeners(Map<String, ? extends Way> listeners, TestMessages messages) {
    this.listeners = new LinkedHashMap<>(listeners);
    this.messages = messages;
  }

  @Override
  public void start() {
    // Said first: where one cannot be opened, those before it are to be closed again.
    running = true;
    listeners.values().forEach(Way::start);
  }

  /** All at once, since each of them gives its senders time. */
  @Override
  public void stop() {
    List<Thread> stopping =
        listeners.values().stream()
            .map(listener -> new Thread(listener::stop, "listener-stop"))
            .toList();
    stopping.forEach(Thread::start);
    try {
      for (Thread one : stopping) {
        one.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public List<Listener> listeners() {
    return listeners.values().stream().map(Way::told).toList();
  }

  @Override
  public void pause(String name) {
    named(name).pause();
  }

  @Override
  public void resume(String name) {
    named(name).start();
  }

  @Override
  public Trial test(String name) {
    Way way = named(name);
    State state = way.told().state();
    TrialRun run = new TrialRun(messages, name);
    if (state == State.LISTENING) {
      way.test(run);
      return run.told();
    }
    return run.step(
            Stage.CONNECTED,
            () -> {
              throw new TrialFault(
                  Fault.PAUSED,
                  state == State.STOPPED
                      ? "The listener is not open."
                      : "The listener is paused; resume it first.");
            })
        .told();
  }

  private Way named(String name) {
    return Optional.ofNullable(listeners.get(name))
        .orElseThrow(() -> new NoSuchElementException("There is no listener " + name));
  }
}
