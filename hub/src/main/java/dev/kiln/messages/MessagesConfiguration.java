package dev.kiln.messages;

import dev.kiln.fhir.FhirOperations;
import dev.kiln.fhir.FhirOperations.Guard;
import dev.kiln.fhir.audit.AuditTrail;
import dev.kiln.routes.control.InboxControl;
import dev.kiln.routes.control.ListenerControl;
import dev.kiln.routes.control.ListenerTraffic;
import dev.kiln.routes.control.MessageAnatomy;
import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.control.MessageReplay;
import dev.kiln.routes.control.PartnerReports;
import dev.kiln.routes.control.SiteControl;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The operations on messages, on those who send them and on the ways by which they come. */
@Configuration(proxyBeanMethods = false)
public class MessagesConfiguration {

  private static final Guard READING = Guard.reading("message.read");

  @Bean
  FhirOperations messageOperations(
      MessageArchive archive, List<MessageAnatomy> anatomies, AuditTrail audit) {
    return new FhirOperations(
        new MessageOperations(archive, anatomies, audit),
        Map.of("$messages", READING, "$message", READING, "$source", READING));
  }

  @Bean
  FhirOperations replayOperations(
      MessageReplay replays, InboxControl inbox, List<MessageAnatomy> anatomies, AuditTrail audit) {
    return new FhirOperations(
        new ReplayOperations(replays, inbox, anatomies, audit),
        Map.of("$replay-preview", READING, "$replay", Guard.changing("message.replay")));
  }

  @Bean
  FhirOperations listenerOperations(
      ListenerControl listeners, ListenerTraffic traffic, AuditTrail audit) {
    Guard changing = Guard.changing("interface.control");
    return new FhirOperations(
        new ListenerOperations(listeners, traffic, audit),
        Map.of("$listeners", READING, "$listener-pause", changing, "$listener-resume", changing));
  }

  @Bean
  FhirOperations listenerTestOperation(
      ListenerControl listeners, MessageArchive archive, AuditTrail audit) {
    return new FhirOperations(
        new ListenerTestOperation(listeners, archive, audit),
        Map.of("$listener-test", Guard.changing("interface.control")));
  }

  @Bean
  FhirOperations siteOperations(
      SiteControl sites, List<MessageAnatomy> anatomies, AuditTrail audit) {
    Guard changing = Guard.changing("site.write");
    return new FhirOperations(
        new SiteOperations(sites, anatomies, audit),
        Map.of(
            "$site-profiles",
            READING,
            // What a profile changes tells of what stands in a message.
            "$site-profile-try",
            Guard.reading("site.write"),
            "$site-profile-save",
            changing,
            "$site-profile-remove",
            changing));
  }

  @Bean
  FhirOperations partnerOperations(
      PartnerReports reports, MessageArchive archive, List<MessageAnatomy> anatomies) {
    return new FhirOperations(
        new PartnerOperations(reports, new LackedCodes(archive, anatomies)),
        Map.of("$partner-report", READING));
  }
}
