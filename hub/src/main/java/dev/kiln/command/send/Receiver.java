package dev.kiln.command.send;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;

/** To whom messages are sent. */
public interface Receiver {

  /**
   * Opens a connection over which frames can be sent at once.
   *
   * @throws IOException with a sentence that says why there is none
   */
  Socket connect() throws IOException, GeneralSecurityException;

  /** As it is named in what is printed. */
  @Override
  String toString();
}
