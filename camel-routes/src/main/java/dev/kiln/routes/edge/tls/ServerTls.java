package dev.kiln.routes.edge.tls;

import dev.kiln.routes.settings.RoutesSettings;
import dev.kiln.routes.settings.TlsSettings;
import dev.kiln.routes.settings.TlsSettings.ClientCertificates;
import dev.kiln.routes.settings.WrongListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of TLS for one listener. Its files may be renewed while it serves: connections
 * that are open go on with what they began with, and new ones get the new certificate.
 */
public final class ServerTls {

  private static final Logger log = LoggerFactory.getLogger(ServerTls.class);

  private static final Duration SOON = Duration.ofDays(30);
  private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

  private final String listener;
  private final TlsFiles files;
  private final SSLParameters parameters;
  private volatile TlsFiles.Read read;
  private List<FileTime> written;
  private Instant warned = Instant.MIN;

  private ServerTls(String listener, TlsFiles files, SSLParameters parameters) {
    this.listener = listener;
    this.files = files;
    this.parameters = parameters;
  }

  /**
   * Reads the files for the first time.
   *
   * @param listener its name
   * @throws WrongListener where they cannot be used
   */
  public static ServerTls of(String listener, TlsSettings settings) {
    TlsFiles files = new TlsFiles(RoutesSettings.setting(listener) + ".tls", settings);
    ServerTls tls = new ServerTls(listener, files, parameters(settings.clientCertificates()));
    // Before the files are read: what is written meanwhile shall be read again.
    tls.written = files.written();
    tls.read = files.read(Instant.now());
    return tls;
  }

  private static SSLParameters parameters(ClientCertificates clients) {
    SSLParameters parameters = new SSLParameters();
    // Named, so that no setting of the machine's brings back what RFC 8996 has ended.
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setUseCipherSuitesOrder(true);
    switch (clients) {
      case NONE -> {}
      case WANTED -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    return parameters;
  }

  /**
   * Agrees with the client on keys. Closing the socket from elsewhere ends it, which is how a
   * client that hangs is sent away.
   *
   * @param socket stays the caller's to close
   * @return empty where the client left without a word, as a probe of the port does
   */
  public Optional<SSLSocket> handshake(Socket socket) throws IOException {
    int first = firstByte(socket);
    if (first < 0) {
      return Optional.empty();
    }
    SSLSocket secured =
        (SSLSocket)
            read.context()
                .getSocketFactory()
                .createSocket(socket, new ByteArrayInputStream(new byte[] {(byte) first}), false);
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return Optional.of(secured);
  }

  private static int firstByte(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException e) {
      return -1;
    }
  }

  /**
   * Takes files that have been renewed, and warns once a day of a certificate that ends soon. Files
   * that cannot be used leave everything as it is: whoever renews them may be just writing.
   */
  public synchronized void look(Instant now) {
    List<FileTime> found = files.written();
    if (!found.equals(written)) {
      try {
        read = files.read(now);
        written = found;
        warned = Instant.MIN;
        log.info("Listener {} has taken its renewed certificate, good until {}", listener, ends());
      } catch (WrongListener e) {
        log.warn("Listener {} keeps the certificate that it has: {}", listener, e.getMessage());
      }
    }
    if (now.isAfter(ends().minus(SOON)) && !now.isBefore(warned.plus(BETWEEN_WARNINGS))) {
      warned = now;
      if (now.isAfter(ends())) {
        log.warn("The certificate of listener {} has ended at {}", listener, ends());
      } else {
        long days = Duration.between(now, ends()).toDays();
        log.warn("The certificate of listener {} ends at {}, in {} days", listener, ends(), days);
      }
    }
  }

  /** The listener's side as one of its senders sees it. */
  public SenderView sender() {
    return new SenderView(read.chain(), parameters.getNeedClientAuth());
  }

  /** When the certificate that new connections get to see ends. */
  public Instant ends() {
    return read.ends();
  }
}
