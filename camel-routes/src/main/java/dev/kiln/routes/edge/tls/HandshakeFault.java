package dev.kiln.routes.edge.tls;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.util.Locale;
import org.springframework.core.NestedExceptionUtils;

/** Why a client and a listener did not agree on TLS, as far as an operator has to know. */
public enum HandshakeFault {
  /** It shows no certificate although one is required, or one that nobody here vouches for. */
  CLIENT_CERTIFICATE,
  /** The client does not want to go on, mostly since it does not trust the certificate here. */
  REFUSED_BY_CLIENT,
  /** It does not speak TLS, or none that is spoken here. */
  PROTOCOL,
  /** It took too long. */
  TIMEOUT;

  /**
   * The JDK tells most of this only by the text of its exceptions. A client that refuses says so by
   * an alert, which is often lost, since many close their connection with it and leave bytes
   * unread.
   */
  public static HandshakeFault of(IOException e) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(e);
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (root instanceof EOFException
        || root instanceof SocketException
        || text.contains("received fatal alert")) {
      return REFUSED_BY_CLIENT;
    }
    boolean isAboutCertificate =
        root instanceof CertificateException
            || e.getCause() instanceof CertificateException
            || text.contains("certificate");
    return isAboutCertificate ? CLIENT_CERTIFICATE : PROTOCOL;
  }
}
