package dev.kiln.auth.mail;

import dev.kiln.auth.AuthSettings;
import dev.kiln.auth.post.OutgoingMail;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Properties;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Hands e-mail to the SMTP server. */
final class Postman implements OutgoingMail {

  private static final String PATIENCE = "10000";

  private final JavaMailSenderImpl smtp = new JavaMailSenderImpl();
  private final String from;

  Postman(AuthSettings.Mail settings) {
    from = settings.from();
    smtp.setHost(settings.host());
    smtp.setPort(settings.port());
    smtp.setDefaultEncoding("UTF-8");
    smtp.setUsername(settings.username());
    if (settings.passwordFile() != null) {
      try {
        smtp.setPassword(Files.readString(settings.passwordFile()).strip());
      } catch (IOException e) {
        throw new IllegalStateException(
            "The file of the SMTP password, " + settings.passwordFile() + ", cannot be read.", e);
      }
    }
    Properties properties = smtp.getJavaMailProperties();
    properties.put("mail.smtp.auth", Boolean.toString(settings.username() != null));
    properties.put("mail.smtp.connectiontimeout", PATIENCE);
    properties.put("mail.smtp.timeout", PATIENCE);
    properties.put("mail.smtp.writetimeout", PATIENCE);
    // Required, or somebody between would only have to strike out that it is offered.
    boolean starts = settings.security() == AuthSettings.Mail.Security.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(starts));
    properties.put("mail.smtp.starttls.required", Boolean.toString(starts));
    properties.put(
        "mail.smtp.ssl.enable",
        Boolean.toString(settings.security() == AuthSettings.Mail.Security.TLS));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
  }

  @Override
  public boolean isPossible() {
    return true;
  }

  @Override
  public void send(String to, String subject, String text) {
    SimpleMailMessage message = new SimpleMailMessage();
    message.setFrom(from);
    message.setTo(to);
    message.setSubject(subject);
    message.setText(text);
    smtp.send(message);
  }
}
