package dev.kiln;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A sender that knows nothing but MLLP's three bytes. */
public final class Mllp implements AutoCloseable {

  private final Socket socket;

  public Mllp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
  }

  /** Sends one message and returns its acknowledgement. Line ends become segment ends. */
  public String send(String message) throws IOException {
    return send(
        message.strip().replace("\r\n", "\r").replace('\n', '\r').getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the bytes as they are. */
  public String send(byte[] message) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x0b);
    frame.write(message);
    frame.write(0x1c);
    frame.write('\r');
    socket.getOutputStream().write(frame.toByteArray());
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next != 0x1c; next = in.read()) {
      if (next < 0) {
        throw new IOException("The connection was closed after " + answer.size() + " bytes");
      }
      if (next != 0x0b) {
        answer.write(next);
      }
    }
    in.read();
    return answer.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
