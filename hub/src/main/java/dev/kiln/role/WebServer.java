package dev.kiln.role;

import dev.kiln.ops.OutcomeErrorValve;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The HTTP listener as the settings want it. */
@Configuration(proxyBeanMethods = false)
class WebServer {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> webServerSettings(
      HubSettings settings) {
    return factory -> {
      factory.setPort(settings.port());
      factory.setAddress(address(settings.bindAddress()));
      if (settings.https() != null) {
        factory.setSsl(ssl(settings.https()));
      }
      if (!settings.trustedProxies().isEmpty()) {
        factory.addEngineValves(forwarded(settings));
      }
      // What fails before any servlet is reached is told in FHIR's form as well.
      factory.addContextCustomizers(
          context ->
              ((StandardHost) context.getParent())
                  .setErrorReportValveClass(OutcomeErrorValve.class.getName()));
    };
  }

  @Bean
  HttpsCertificate httpsCertificate(HubSettings settings) {
    return HttpsCertificate.of(settings.https());
  }

  /**
   * Believes X-Forwarded-For and -Proto from exactly the named addresses; Tomcat's own default is
   * every private network.
   */
  private static RemoteIpValve forwarded(HubSettings settings) {
    RemoteIpValve valve = new RemoteIpValve();
    valve.setInternalProxies(
        settings.trustedProxies().stream().map(Pattern::quote).collect(Collectors.joining("|")));
    valve.setRemoteIpHeader("X-Forwarded-For");
    valve.setProtocolHeader("X-Forwarded-Proto");
    return valve;
  }

  private static Ssl ssl(HubSettings.Https https) {
    Ssl ssl = new Ssl();
    ssl.setKeyStore(https.keyStore().toUri().toString());
    ssl.setKeyStoreType("PKCS12");
    ssl.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    try {
      ssl.setKeyStorePassword(Files.readString(https.passwordFile()).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The file " + https.passwordFile() + " (kiln.https.password-file) cannot be read", e);
    }
    return ssl;
  }

  private static InetAddress address(String name) {
    try {
      return InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("kiln.bind-address is not an address: " + name, e);
    }
  }
}
