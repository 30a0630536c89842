package dev.kiln.routes.edge.tls;

import dev.kiln.routes.control.ListenerControl.Fault;
import dev.kiln.routes.control.ListenerControl.Shown;
import dev.kiln.routes.edge.trial.TrialFault;
import dev.kiln.routes.edge.trial.TrialRun;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A listener's TLS, as a sender without a certificate of its own sees it. It trusts the last
 * certificate of the listener's own file, which is what a partner is given to trust; whom a partner
 * really trusts is known there alone.
 */
public final class SenderView {

  private final List<X509Certificate> chain;
  private final boolean wantsCertificate;

  SenderView(List<X509Certificate> chain, boolean wantsCertificate) {
    this.chain = chain;
    this.wantsCertificate = wantsCertificate;
  }

  /** Whether nobody gets beyond the handshake without a certificate. */
  public boolean wantsCertificate() {
    return wantsCertificate;
  }

  /**
   * Agrees on keys, and takes down which certificate was shown.
   *
   * @throws TrialFault where that does not succeed, or senders will refuse what is shown
   */
  public SSLSocket handshake(Socket socket, TrialRun run) throws TrialFault {
    try {
      SSLSocket secured =
          (SSLSocket)
              context()
                  .getSocketFactory()
                  .createSocket(
                      socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
      secured.startHandshake();
      X509Certificate shown = (X509Certificate) secured.getSession().getPeerCertificates()[0];
      run.shown(
          new Shown(shown.getSubjectX500Principal().getName(), shown.getNotAfter().toInstant()));
      if (!shown.equals(chain.get(0))) {
        throw new TrialFault(
            Fault.NOT_TRUSTED, "Another certificate is shown than the listener's settings name.");
      }
      for (X509Certificate one : chain) {
        // What is trusted by name is not asked for its dates by the JDK.
        one.checkValidity();
      }
      return secured;
    } catch (CertificateException e) {
      throw ended();
    } catch (SocketTimeoutException e) {
      throw new TrialFault(Fault.NO_ANSWER, "The handshake was not finished in time.");
    } catch (SSLPeerUnverifiedException e) {
      throw new TrialFault(Fault.HANDSHAKE, "No certificate was shown.");
    } catch (IOException e) {
      throw fault(e);
    }
  }

  private static TrialFault fault(IOException e) {
    boolean isTrust = false;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return ended();
      }
      isTrust |= cause instanceof CertificateException;
    }
    return isTrust
        ? new TrialFault(
            Fault.NOT_TRUSTED,
            "The certificate that is shown is not issued by the last one of the listener's file.")
        : new TrialFault(Fault.HANDSHAKE, "No agreement on TLS: " + e.getMessage());
  }

  private static TrialFault ended() {
    return new TrialFault(
        Fault.CERTIFICATE_ENDED, "A certificate has ended or not begun: senders refuse it.");
  }

  private SSLContext context() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("last", chain.get(chain.size() - 1));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("The JDK has no TLS", e);
    }
  }
}
