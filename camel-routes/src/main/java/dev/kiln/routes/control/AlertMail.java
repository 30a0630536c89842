package dev.kiln.routes.control;

/** Sends e-mail; the hub has an SMTP server, or has none. */
public interface AlertMail {

  /** Whether there is an SMTP server. */
  boolean isPossible();

  /**
   * @throws RuntimeException where the server has not taken it
   */
  void send(String to, String subject, String text);
}
