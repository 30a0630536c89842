package dev.kiln;

import dev.kiln.command.Commands;
import dev.kiln.ops.Ports;
import dev.kiln.ops.StartFailure;
import dev.kiln.role.AllInOne;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.Modulithic;

/** The one main class. */
@Modulithic(systemName = "Kiln")
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(AllInOne.class)
public class KilnApplication {

  /**
   * Serves until it is stopped, or runs one command. What fails is told in one line, with an exit
   * code by cause.
   */
  public static void main(String[] arguments) {
    try {
      if (arguments.length > 0 && Commands.isCommand(arguments[0])) {
        System.exit(new Commands(System.out).run(arguments));
      }
      SpringApplication application = new SpringApplication(KilnApplication.class);
      application.addListeners(new Ports());
      application.run(arguments);
    } catch (Exception failure) {
      StartFailure explained = StartFailure.of(failure);
      System.err.println("kiln: " + explained.line());
      System.exit(explained.exitCode());
    }
  }
}
