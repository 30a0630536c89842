package dev.kiln.bench.outage;

import dev.kiln.bench.hub.HubUnderTest;
import java.io.IOException;
import java.util.Map;

/** Something that is amiss for a while. */
interface Outage {

  /** As it stands in the report; its first letter is that of no other one. */
  String name();

  /** How many senders send meanwhile. */
  default int senders() {
    return 4;
  }

  /**
   * Lets it happen, and returns when it is over.
   *
   * @return what else was seen, by name
   */
  Map<String, Object> happen(HubUnderTest hub) throws IOException, InterruptedException;
}
