package dev.kiln.ops;

import dev.kiln.routes.settings.RoutesSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Looks at the ports before anything is started: a taken one would otherwise be found after half a
 * minute of work.
 */
public final class Ports implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    Environment environment = event.getEnvironment();
    refuseTaken(
        environment.getProperty("kiln.bind-address", "127.0.0.1"),
        number(environment, "kiln.port", 8080));
    Binder.get(environment)
        .bindOrCreate("kiln.routes", RoutesSettings.class)
        .allListeners()
        .values()
        .forEach(listener -> refuseTaken(listener.address(), listener.port()));
  }

  /**
   * Bound as the settings records do it, so that what is no number is told like any other wrong
   * setting.
   */
  private static int number(Environment environment, String name, int otherwise) {
    return Binder.get(environment).bind(name, Integer.class).orElse(otherwise);
  }

  private static void refuseTaken(String address, int port) {
    // What is no port at all is told with the other wrong settings.
    if (port >= 0 && port <= 65535 && !isFree(address, port)) {
      throw new PortInUseException(port);
    }
  }

  /** True where a listener could be opened; port 0 always is. */
  public static boolean isFree(String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // Connections of an earlier run that linger in TIME_WAIT do not take the port.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
