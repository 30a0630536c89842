package dev.kiln.bench.outage;

import dev.kiln.bench.hub.HubUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** PostgreSQL is stopped, and started again after a while. */
record DatabaseAway(Duration absence) implements Outage {

  @Override
  public String name() {
    return "database away";
  }

  @Override
  public Map<String, Object> happen(HubUnderTest hub) throws IOException, InterruptedException {
    hub.stopDatabase();
    Thread.sleep(absence.toMillis());
    hub.startDatabase();
    return Map.of("seconds", absence.toSeconds());
  }
}
