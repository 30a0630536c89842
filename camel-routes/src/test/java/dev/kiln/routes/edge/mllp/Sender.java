package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.edge.KeptMessages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One end of a connection, which sends what it is told, right or wrong. */
final class Sender implements AutoCloseable {

  private final Socket socket;

  Sender(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  private Sender(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
  }

  /**
   * One that speaks TLS, and has agreed on it.
   *
   * @param protocols the only ones that it speaks; those of the JDK where there are none
   */
  static Sender overTls(int port, SSLContext tls, String... protocols) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    Sender sender = new Sender(socket);
    socket.startHandshake();
    return sender;
  }

  /** The certificate that the listener showed; for one that speaks TLS. */
  X509Certificate shown() throws IOException {
    return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
  }

  static String frame(String content) {
    return "\u000b" + content + "\u001c\r";
  }

  Sender send(String bytes) throws IOException {
    return send(KeptMessages.bytes(bytes));
  }

  Sender send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** The next answer without its frame; null where the connection has ended. */
  String answer() throws IOException {
    InputStream in = socket.getInputStream();
    int first = in.read();
    if (first < 0) {
      return null;
    }
    if (first != 0x0b) {
      throw new IOException("The answer does not begin with a start of block");
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    for (int next = in.read(); next != 0x1c; next = in.read()) {
      if (next < 0) {
        throw new IOException("The connection ended within an answer");
      }
      answer.write(next);
    }
    if (in.read() != '\r') {
      throw new IOException("The answer does not end with a CR");
    }
    return KeptMessages.text(answer.toByteArray());
  }

  boolean isSilentFor(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      return socket.getInputStream().read() == Integer.MIN_VALUE;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(20_000);
    }
  }

  /** True when the other end has closed the connection, in order or not. */
  boolean isEnded() {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  void sendsNothingMore() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
