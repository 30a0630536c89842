package dev.kiln.launcher;

import dev.kiln.auth.Accounts;
import dev.kiln.auth.AuthAddresses;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.client.OwnApp;
import dev.kiln.auth.launch.OfferedApps;
import dev.kiln.fhir.FhirOperations;
import dev.kiln.fhir.FhirOperations.Guard;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The apps that Kiln brings along. */
@Configuration(proxyBeanMethods = false)
public class LauncherConfiguration {

  @Bean
  OwnApp launcherApp() {
    return new OwnApp(
        "kiln-launcher",
        "Kiln",
        "/",
        false,
        List.of("openid", "fhirUser", "online_access", "app.launch", "user/Patient.rs"));
  }

  @Bean
  OwnApp interfacesApp() {
    return new OwnApp(
        "kiln-admin",
        "Interfaces",
        "/apps/admin/",
        true,
        List.of(
            "openid",
            "fhirUser",
            "online_access",
            "launch",
            "message.read",
            "message.reveal",
            "message.replay",
            "interface.control",
            "site.write",
            "account.manage",
            "client.manage"));
  }

  @Bean
  FhirOperations appOperations(OfferedApps apps, Accounts accounts, PatientDirectory patients) {
    Guard guard = Guard.reading("app.launch");
    return new FhirOperations(
        new AppOperations(apps, accounts, patients), Map.of("$apps", guard, "$launch", guard));
  }

  @Bean
  FilterRegistrationBean<AppFiles> appFiles(AuthAddresses addresses) {
    FilterRegistrationBean<AppFiles> filter =
        new FilterRegistrationBean<>(new AppFiles(URI.create(addresses.issuer())));
    filter.addUrlPatterns("", "/apps/*");
    return filter;
  }
}
