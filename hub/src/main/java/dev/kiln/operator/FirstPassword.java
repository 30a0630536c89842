package dev.kiln.operator;

import dev.kiln.auth.account.FirstAdministrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Opens the first administrator's account where there is no account yet. Its one-time password goes
 * into a file for the operator, since a log is read by many; {@code ./kiln start} prints it and
 * takes the file away.
 */
final class FirstPassword implements ApplicationListener<ApplicationReadyEvent> {

  private static final Logger log = LoggerFactory.getLogger(FirstPassword.class);

  private final FirstAdministrator first;
  private final Path file;

  /**
   * @param file gets login name and password, with a blank between them
   */
  FirstPassword(FirstAdministrator first, Path file) {
    this.first = first;
    this.file = file;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    first
        .open()
        .ifPresent(
            credentials -> {
              try {
                Files.deleteIfExists(file);
                OwnersFile.write(file, credentials.login() + " " + credentials.oneTimePassword());
              } catch (IOException e) {
                throw new UncheckedIOException("The file " + file + " cannot be written", e);
              }
              log.info("The first administrator can sign in; {} says how", file);
            });
  }
}
