package dev.kiln.routes.edge.file;

import dev.kiln.routes.edge.BatchIntake;
import dev.kiln.routes.edge.InboxIntake;
import dev.kiln.routes.edge.Ways;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.settings.RoutesSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/** The folders of the settings, here and on SFTP servers. */
@Configuration(proxyBeanMethods = false)
public class FileConfiguration {

  @Bean
  @Order(2)
  Ways fileListeners(
      RoutesSettings settings,
      Inbox inbox,
      @Qualifier("hl7v2Format") MessageFormat hl7v2,
      MeterRegistry metrics) {
    Map<String, FileListener> listeners = new LinkedHashMap<>();
    settings
        .files()
        .forEach(
            (name, files) ->
                listeners.put(
                    name,
                    new FileListener(
                        name,
                        new LocalPlace(name, files),
                        bytes(files.maxFileSize()),
                        new BatchIntake(
                            hl7v2, new InboxIntake(inbox, hl7v2, name, files.patience())),
                        metrics)));
    settings
        .sftp()
        .forEach(
            (name, sftp) ->
                listeners.put(
                    name,
                    new FileListener(
                        name,
                        new SftpPlace(name, sftp),
                        bytes(sftp.maxFileSize()),
                        new BatchIntake(
                            hl7v2, new InboxIntake(inbox, hl7v2, name, sftp.patience())),
                        metrics)));
    return new Ways(listeners);
  }

  private static int bytes(DataSize size) {
    return Math.toIntExact(size.toBytes());
  }
}
