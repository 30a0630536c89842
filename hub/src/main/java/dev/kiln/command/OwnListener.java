package dev.kiln.command;

import dev.kiln.command.send.Receiver;
import dev.kiln.routes.settings.MllpSettings;
import dev.kiln.routes.settings.TlsSettings;
import dev.kiln.routes.settings.TlsSettings.ClientCertificates;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.security.GeneralSecurityException;

/** A listener of the hub on this machine, which is reached as its settings say. */
record OwnListener(MllpSettings settings) implements Receiver {

  @Override
  public Socket connect() throws IOException, GeneralSecurityException {
    try {
      return connected();
    } catch (ConnectException e) {
      throw new IOException(
          "No listener answers at " + this + "; ./kiln status says whether Kiln runs", e);
    }
  }

  private Socket connected() throws IOException, GeneralSecurityException {
    String host = settings.address().equals("0.0.0.0") ? "127.0.0.1" : settings.address();
    TlsSettings tls = settings.tls();
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

  @Override
  public String toString() {
    return settings.address() + ":" + settings.port();
  }
}
