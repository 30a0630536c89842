package dev.kiln.command.send;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A receiver of somebody else's.
 *
 * @param tls null where it speaks none
 */
public record Partner(String host, int port, PartnerTls tls) implements Receiver {

  private static final int PATIENCE = (int) Duration.ofSeconds(10).toMillis();

  @Override
  public Socket connect() throws IOException, GeneralSecurityException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), PATIENCE);
      return tls == null ? socket : secured(socket);
    } catch (UnknownHostException e) {
      throw new IOException("There is no host " + host, e);
    } catch (SSLException e) {
      socket.close();
      throw new IOException("No agreement with " + this + " on TLS: " + e.getMessage(), e);
    } catch (IOException e) {
      socket.close();
      throw new IOException("No connection to " + this + ": " + e.getMessage(), e);
    }
  }

  private Socket secured(Socket socket) throws IOException, GeneralSecurityException {
    SSLSocket secured =
        (SSLSocket) tls.context().getSocketFactory().createSocket(socket, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    // The name in the certificate must be the host's, as RFC 2818 has it for HTTPS.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.setSoTimeout(PATIENCE);
    secured.startHandshake();
    return secured;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
