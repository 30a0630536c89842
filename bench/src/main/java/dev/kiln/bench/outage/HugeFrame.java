package dev.kiln.bench.outage;

import dev.kiln.bench.hub.HubUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A frame that is larger than a listener takes. */
record HugeFrame(int megabytes) implements Outage {

  private static final int END = 0x1c;
  private static final String BEGIN =
      "\u000bMSH|^~\\&|HUGE|BENCH|KILN|HUB|20260301||ZZZ^Z01|HUGE1|P|2.5.1\rZZZ|";

  @Override
  public String name() {
    return "frame of " + megabytes + " MB";
  }

  @Override
  public Map<String, Object> happen(HubUnderTest hub) throws IOException, InterruptedException {
    Map<String, Object> seen = new LinkedHashMap<>();
    long begin = System.nanoTime();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.mllpPort())) {
      socket.setSoTimeout(60_000);
      seen.put("sent whole", send(socket.getOutputStream()));
      seen.put("answered", answer(socket.getInputStream()));
    }
    seen.put("after seconds", Math.round((System.nanoTime() - begin) / 1e8) / 10.0);
    return seen;
  }

  private boolean send(OutputStream out) {
    byte[] megabyte = new byte[1 << 20];
    Arrays.fill(megabyte, (byte) 'x');
    try {
      out.write(BEGIN.getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < megabytes; i++) {
        out.write(megabyte);
      }
      out.write("\r\u001c\r".getBytes(StandardCharsets.US_ASCII));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** MSA and ERR segment; what MSH says is known. */
  private static String answer(InputStream in) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0 && next != END; next = in.read()) {
        answer.write(next);
      }
    } catch (IOException e) {
      return "connection lost";
    }
    String text = answer.toString(StandardCharsets.UTF_8);
    int from = text.indexOf("\rMSA");
    return from < 0 ? "nothing" : text.substring(from).replace('\r', ' ').strip();
  }
}
