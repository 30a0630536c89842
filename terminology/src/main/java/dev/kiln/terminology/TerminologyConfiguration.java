package dev.kiln.terminology;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The terminology that comes with Kiln. */
@Configuration(proxyBeanMethods = false)
public class TerminologyConfiguration {

  @Bean
  Terminology terminology() {
    return Terminology.bundled();
  }

  @Bean
  ConceptMaps conceptMaps(Terminology terminology) {
    return terminology.maps();
  }
}
