package dev.kiln.messages;

import dev.kiln.fhir.FhirOperations;
import dev.kiln.routes.control.MessageArchive;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The operations on messages. */
@Configuration(proxyBeanMethods = false)
public class MessagesConfiguration {

  @Bean
  FhirOperations messageOperations(MessageArchive archive) {
    return new FhirOperations(new MessageOperations(archive));
  }
}
