package dev.kiln.bench.outage;

import dev.kiln.bench.hub.HubUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** As many senders as a listener serves, all at once, and one more. */
record ManySenders(int senders, Duration time) implements Outage {

  @Override
  public String name() {
    return "many senders";
  }

  @Override
  public Map<String, Object> happen(HubUnderTest hub) throws IOException, InterruptedException {
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("senders", senders);
    try (Socket more = new Socket()) {
      // Those of the traffic have connected by now.
      Thread.sleep(2000);
      more.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hub.mllpPort()));
      more.setSoTimeout(5000);
      seen.put("one more", seenBy(more));
    } catch (SocketException e) {
      seen.put("one more", "is refused");
    }
    Thread.sleep(time.toMillis());
    return seen;
  }

  private static String seenBy(Socket more) throws IOException {
    try {
      return more.getInputStream().read() < 0 ? "is closed at once" : "is told something";
    } catch (SocketTimeoutException e) {
      return "is connected, and not served in five seconds";
    } catch (SocketException e) {
      return "is closed at once";
    }
  }
}
