package dev.kiln.routes.sink;

import dev.kiln.routes.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sink, over whatever store the hub binds. */
@Configuration(proxyBeanMethods = false)
public class SinkConfiguration {

  @Bean
  Sink sink(Store store) {
    return new Sink(store);
  }
}
