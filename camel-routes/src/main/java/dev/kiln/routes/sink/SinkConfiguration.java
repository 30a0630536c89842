package dev.kiln.routes.sink;

import dev.kiln.routes.Progress;
import dev.kiln.routes.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sink, over whatever store the hub binds. */
@Configuration(proxyBeanMethods = false)
public class SinkConfiguration {

  @Bean
  Sink sink(Store store, Progress progress) {
    return new Sink(store, progress);
  }
}
