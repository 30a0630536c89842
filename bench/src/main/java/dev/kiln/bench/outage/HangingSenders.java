package dev.kiln.bench.outage;

import dev.kiln.bench.hub.HubUnderTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Partners that hang: some begin a frame and never end it, others send and never read what is
 * answered. The hub has been told to wait ten seconds for the rest of a frame.
 */
final class HangingSenders implements Outage {

  private static final int EACH = 10;
  private static final int LONGEST_MILLIS = 30_000;
  private static final String MESSAGE =
      "MSH|^~\\&|HANG|BENCH|KILN|HUB|20260301||ZZZ^Z01|HANG%d|P|2.5.1\r";

  @Override
  public String name() {
    return "hanging senders";
  }

  @Override
  public Map<String, Object> happen(HubUnderTest hub) throws IOException, InterruptedException {
    List<Socket> halves = new ArrayList<>();
    List<Thread> deaf = new ArrayList<>();
    List<Socket> unread = new ArrayList<>();
    long begin = System.nanoTime();
    try {
      for (int i = 0; i < EACH; i++) {
        Socket half = connect(hub);
        half.getOutputStream()
            .write(("\u000b" + MESSAGE.formatted(i)).getBytes(StandardCharsets.US_ASCII));
        halves.add(half);
        Socket mute = connect(hub);
        unread.add(mute);
        Thread thread = new Thread(() -> sendOn(mute), "deaf-" + i);
        thread.setDaemon(true);
        thread.start();
        deaf.add(thread);
      }
      int closed = 0;
      double last = 0;
      for (Socket half : halves) {
        if (isClosed(half)) {
          closed++;
          last = (System.nanoTime() - begin) / 1e9;
        }
      }
      Map<String, Object> seen = new LinkedHashMap<>();
      seen.put("frames begun and not ended", EACH);
      seen.put("of them closed by the hub", closed);
      seen.put("the last after seconds", Math.round(last * 10) / 10.0);
      seen.put("senders that read no answer", EACH);
      seen.put("of them still open", unread.stream().filter(socket -> !socket.isClosed()).count());
      return seen;
    } finally {
      for (Socket socket : halves) {
        socket.close();
      }
      for (Socket socket : unread) {
        socket.close();
      }
      for (Thread thread : deaf) {
        thread.join();
      }
    }
  }

  private static Socket connect(HubUnderTest hub) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.mllpPort());
    socket.setSoTimeout(LONGEST_MILLIS);
    return socket;
  }

  /** Until the hub takes nothing more, since its answers are not read. */
  private static void sendOn(Socket mute) {
    try {
      OutputStream out = mute.getOutputStream();
      byte[] frame = ("\u000bnothing\u001c\r").getBytes(StandardCharsets.US_ASCII);
      while (true) {
        out.write(frame);
      }
    } catch (IOException e) {
      // It has been closed by either side.
    }
  }

  /** The hub may answer that the frame was not ended before it closes. */
  private static boolean isClosed(Socket half) throws IOException {
    try {
      int next = half.getInputStream().read();
      while (next >= 0) {
        next = half.getInputStream().read();
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }
}
