package dev.kiln.routes.alert.way;

import dev.kiln.routes.control.AlertMail;

/** Tells one address by e-mail. */
public record MailWay(AlertMail mail, String address) implements AlertWay {

  @Override
  public String name() {
    return "mail " + address;
  }

  @Override
  public String kind() {
    return "mail";
  }

  @Override
  public void tell(Notice notice) {
    Letter letter = Letter.of(notice);
    mail.send(address, letter.subject(), letter.text());
  }
}
