package dev.kiln.bench.feed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One connection in the minimal lower layer protocol (HL7 v2 appendix C): a message in a frame,
 * then its acknowledgement, then the next.
 */
final class MllpConnection implements AutoCloseable {

  private static final int START = 0x0b;
  private static final int END = 0x1c;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();

  MllpConnection(int port) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  void send(Message message) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(START);
    frame.write(message.bytes());
    frame.write(END);
    frame.write('\r');
    socket.getOutputStream().write(frame.toByteArray());
  }

  /**
   * Waits for the acknowledgement of the message that was sent last.
   *
   * @return MSA-1
   * @throws IOException also where what comes acknowledges another message: whoever believed it
   *     would forget one that nobody keeps
   */
  String acknowledgement(Message message) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next != END; next = in.read()) {
      if (next < 0) {
        throw new IOException("The hub closed the connection");
      }
      if (next != START) {
        answer.write(next);
      }
    }
    in.read();
    for (String segment : answer.toString(StandardCharsets.ISO_8859_1).split("\r")) {
      if (segment.startsWith("MSA") && segment.length() > 4) {
        String[] fields = segment.split(java.util.regex.Pattern.quote(segment.substring(3, 4)), -1);
        // A message may have no control id, and its acknowledgement then has none either.
        String controlId = fields.length > 2 ? fields[2] : "";
        if (controlId.equals(message.controlId())) {
          return fields[1];
        }
      }
    }
    throw new IOException("No acknowledgement of message " + message.controlId());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
