package dev.kiln.live;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** {@code GET /live?ticket=…}: a stream of server-sent events, 401 without a good ticket. */
@RestController
class LivePage {

  private final LiveTickets tickets;
  private final LiveStream stream;

  LivePage(LiveTickets tickets, LiveStream stream) {
    this.tickets = tickets;
    this.stream = stream;
  }

  @GetMapping("/live")
  ResponseEntity<SseEmitter> open(@RequestParam(defaultValue = "") String ticket) {
    if (!tickets.take(ticket)) {
      return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
    }
    SseEmitter watcher = stream.watch();
    return watcher == null
        ? ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build()
        : ResponseEntity.ok()
            .contentType(MediaType.TEXT_EVENT_STREAM)
            .header("Cache-Control", "no-store")
            // Proxies would collect the events otherwise.
            .header("X-Accel-Buffering", "no")
            .body(watcher);
  }
}
