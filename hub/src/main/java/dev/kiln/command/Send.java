package dev.kiln.command;

import dev.kiln.routes.RoutesSettings;
import dev.kiln.routes.RoutesSettings.ClientCertificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Sends one HL7 v2 message to a listener of the hub on this machine, in an MLLP frame, and prints
 * its acknowledgement.
 */
final class Send {

  private static final int START = 0x0b;
  private static final int END = 0x1c;
  private static final int REFUSED = 1;

  private final RoutesSettings.Mllp settings;
  private final PrintStream out;

  Send(RoutesSettings.Mllp settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /** Line ends of the file become segment ends; nothing else is changed. */
  int file(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    byte[] message =
        text.replace("\r\n", "\r")
            .replace('\n', '\r')
            .concat("\r")
            .getBytes(StandardCharsets.ISO_8859_1);
    try (Socket socket = listener()) {
      socket.setSoTimeout(30_000);
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write(START);
      frame.write(message);
      frame.write(END);
      frame.write('\r');
      socket.getOutputStream().write(frame.toByteArray());
      String answer = acknowledgement(socket.getInputStream());
      out.println(answer.replace('\r', '\n').strip());
      return answer.contains("\rMSA|AA|") || answer.contains("\rMSA|CA|") ? 0 : REFUSED;
    }
  }

  private Socket listener() throws IOException, GeneralSecurityException {
    try {
      return connected();
    } catch (ConnectException e) {
      throw new IOException(
          "No listener answers at "
              + settings.address()
              + ":"
              + settings.port()
              + "; ./kiln status says whether Kiln runs",
          e);
    }
  }

  private Socket connected() throws IOException, GeneralSecurityException {
    String host = settings.address().equals("0.0.0.0") ? "127.0.0.1" : settings.address();
    RoutesSettings.Tls tls = settings.tls();
    if (tls == null) {
      return new Socket(host, settings.port());
    }
    if (tls.clientCertificates() == ClientCertificates.REQUIRED) {
      throw new IOException("The listener wants a certificate of its senders, and this has none");
    }
    return OwnCertificate.trusted(tls.keyStore(), tls.passwordFile())
        .getSocketFactory()
        .createSocket(host, settings.port());
  }

  private static String acknowledgement(InputStream in) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    for (int next = in.read(); next != END; next = in.read()) {
      if (next < 0) {
        throw new IOException("The hub closed the connection without an acknowledgement");
      }
      if (next != START) {
        answer.write(next);
      }
    }
    return answer.toString(StandardCharsets.UTF_8);
  }
}
