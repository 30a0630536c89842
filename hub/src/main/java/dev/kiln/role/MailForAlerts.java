package dev.kiln.role;

import dev.kiln.auth.post.OutgoingMail;
import dev.kiln.routes.control.AlertMail;

/** Alerts go by the SMTP server by which links go. */
record MailForAlerts(OutgoingMail mail) implements AlertMail {

  @Override
  public boolean isPossible() {
    return mail.isPossible();
  }

  @Override
  public void send(String to, String subject, String text) {
    mail.send(to, subject, text);
  }
}
