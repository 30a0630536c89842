package dev.kiln.auth.post;

/** The SMTP server of the settings, for whoever else in the hub has something to send. */
public interface OutgoingMail {

  /** Whether there is one. */
  boolean isPossible();

  /**
   * @throws org.springframework.mail.MailException where it has not taken the letter
   */
  void send(String to, String subject, String text);
}
