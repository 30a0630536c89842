package dev.kiln.routes;

import dev.kiln.routes.settings.RoutesSettings;
import dev.kiln.routes.settings.WrongSite;
import dev.kiln.terminology.Terminology;
import java.util.List;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

/**
 * All of the routes. Wants a {@link Store}, a {@code DataSource} named {@code inboxDataSource} and
 * the terminology's beans. Each package below has a configuration of its own; they are scanned for,
 * so that this package, which holds what they all use, need not know them.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RoutesSettings.class)
@ComponentScan
public class RoutesConfiguration {

  /** Says what HL7 v2 messages would become, without taking them in: no inbox, no store. */
  public interface Rehearsal {

    /**
     * A rehearsal with the settings of the hub.
     *
     * @throws WrongSite where a site profile is wrong
     */
    static Rehearsal with(RoutesSettings settings) {
      try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
        context.registerBean(RoutesSettings.class, () -> settings);
        context.registerBean(Terminology.class, Terminology::bundled);
        // By its name: this package, which all others use, knows none of them.
        context.scan("dev.kiln.routes.hl7v2");
        context.refresh();
        return context.getBean(Rehearsal.class);
      } catch (BeanCreationException e) {
        throw NestedExceptionUtils.getMostSpecificCause(e) instanceof WrongSite wrong ? wrong : e;
      }
    }

    /** The messages of a file: one, several, or a batch (section 2.10.3). */
    List<byte[]> messages(byte[] file);

    /**
     * Judges and translates one message as inbox and worker would.
     *
     * @throws RuntimeException where the translation fails, which is a fault of Kiln's
     */
    Outcome of(byte[] message);

    /**
     * What would become of a message.
     *
     * @param type message type and trigger event; empty where the message does not say
     * @param refusal why it would be refused; null where it would be accepted
     * @param location the place of what it would be refused for, in the form of ERR-2; may be empty
     * @param statement what it says; null where it would be refused
     * @param warnings by segment and field, without values
     * @param unread fields with content that nobody read
     * @param populated how many fields have content
     * @param isAboutApplications whether it becomes nothing since it is about nobody
     */
    record Outcome(
        String type,
        RejectReason refusal,
        String location,
        Statement statement,
        List<String> warnings,
        List<String> unread,
        int populated,
        boolean isAboutApplications) {}
  }
}
