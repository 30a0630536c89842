package dev.kiln.ops;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.control.InboxControl;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What {@code ./kiln replay} asks of the running hub: {@code POST /messages/ID/replay}. Answers
 * with {@code state} and {@code reason}, or with {@code error}: 404 where there is no such message,
 * 409 where it cannot be replayed now.
 */
@RestController
class ReplayRequest {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final InboxControl replays;

  ReplayRequest(InboxControl replays) {
    this.replays = replays;
  }

  @PostMapping("/messages/{id}/replay")
  ResponseEntity<Map<String, String>> replay(@PathVariable UUID id) {
    try {
      InboxControl.Result result = replays.replay(new MessageId(id), PATIENCE);
      return ResponseEntity.ok(Map.of("state", result.state().name(), "reason", result.reason()));
    } catch (NoSuchElementException e) {
      return ResponseEntity.status(404).body(Map.of("error", e.getMessage()));
    } catch (IllegalStateException e) {
      return ResponseEntity.status(409).body(Map.of("error", e.getMessage()));
    }
  }
}
