package dev.kiln.routes.edge.file;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/**
 * Knows servers by a file, which it never writes to, and remembers what it said of the one that it
 * was asked about. It is not a kind of the library's own verifier, since that logs the name of the
 * user under the name of its class, which would then be one of ours.
 */
final class HostKeys implements ServerKeyVerifier {

  private final ServerKeyVerifier known;
  private volatile Verdict verdict = Verdict.UNSEEN;

  /** What is thought of a server. */
  enum Verdict {
    /** It has shown no key: it does not speak, or not this protocol. */
    UNSEEN,
    KNOWN,
    REFUSED
  }

  HostKeys(Path file) {
    this.known = new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, file);
  }

  Verdict verdict() {
    return verdict;
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress server, PublicKey key) {
    boolean isKnown = known.verifyServerKey(session, server, key);
    verdict = isKnown ? Verdict.KNOWN : Verdict.REFUSED;
    return isKnown;
  }
}
