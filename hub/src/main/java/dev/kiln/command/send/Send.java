package dev.kiln.command.send;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Sends HL7 v2 messages in MLLP frames over one connection, each when the one before it has been
 * accepted, and prints the acknowledgements.
 */
public final class Send {

  private static final int START = 0x0b;
  private static final int END = 0x1c;
  private static final int NOT_ACCEPTED = 1;

  private final Receiver to;
  private final Duration patience;
  private final PrintStream out;

  /**
   * @param patience longest wait for one acknowledgement
   */
  public Send(Receiver to, Duration patience, PrintStream out) {
    this.to = to;
    this.patience = patience;
    this.out = out;
  }

  /**
   * @return 0 where all were accepted
   * @throws IOException with a sentence that says why there was no answer
   */
  public int all(List<byte[]> messages) throws IOException, GeneralSecurityException {
    int number = 0;
    try (Socket socket = to.connect()) {
      socket.setSoTimeout((int) patience.toMillis());
      for (byte[] message : messages) {
        number++;
        Acknowledgement answer = new Acknowledgement(answer(socket, message));
        out.println(answer.text());
        if (!answer.accepts(message)) {
          stopped(number, messages.size());
          return NOT_ACCEPTED;
        }
      }
      return 0;
    } catch (SocketTimeoutException e) {
      throw broken(
          "did not answer within " + patience.toSeconds() + " s", number, messages.size(), e);
    } catch (SSLException e) {
      // In TLS 1.3 a sender hears of its certificate only now (RFC 8446, section 4.4.2.4).
      throw broken(
          "ended TLS, which it does where it wants another certificate: " + e.getMessage(),
          number,
          messages.size(),
          e);
    } catch (SocketException e) {
      throw broken("broke the connection off", number, messages.size(), e);
    }
  }

  private byte[] answer(Socket socket, byte[] message) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(START);
    frame.writeBytes(message);
    frame.write(END);
    frame.write('\r');
    socket.getOutputStream().write(frame.toByteArray());
    socket.getOutputStream().flush();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next != END; next = in.read()) {
      if (next < 0) {
        throw new SocketException("Closed");
      }
      // Between two frames stands the end of the former one, and whatever else somebody sends.
      if (next == START) {
        answer.reset();
      } else {
        answer.write(next);
      }
    }
    return answer.toByteArray();
  }

  private void stopped(int number, int all) {
    if (all > 1) {
      out.println("Message " + number + " of " + all + " was not accepted" + left(number, all));
    }
  }

  private IOException broken(String how, int number, int all, IOException cause) {
    return new IOException(
        to
            + " "
            + how
            + (all > 1 ? "; message " + number + " of " + all + " has no answer" : "")
            + left(number, all),
        cause);
  }

  private static String left(int number, int all) {
    return number == all ? "" : ", and " + (all - number) + " behind it have not been sent";
  }
}
