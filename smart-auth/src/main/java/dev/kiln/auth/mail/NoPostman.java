package dev.kiln.auth.mail;

import dev.kiln.auth.post.OutgoingMail;

/** Stands where no SMTP server is set. */
record NoPostman() implements OutgoingMail {

  @Override
  public boolean isPossible() {
    return false;
  }

  @Override
  public void send(String to, String subject, String text) {
    throw new IllegalStateException("There is no SMTP server (kiln.auth.mail.host).");
  }
}
