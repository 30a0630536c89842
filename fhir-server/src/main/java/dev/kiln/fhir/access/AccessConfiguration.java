package dev.kiln.fhir.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import dev.kiln.fhir.FhirOperations;
import dev.kiln.fhir.FhirOperations.Guard;
import dev.kiln.fhir.OAuthAddresses;
import dev.kiln.fhir.access.view.PatientCompartment;
import dev.kiln.fhir.access.view.Views;
import dev.kiln.fhir.access.view.WrittenReferences;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The enforcement, hooked into the servlet and into the storage. Announces the {@link
 * OAuthAddresses} where there is such a bean.
 */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {

  /** Before the hooks that say what is wrong with a request: a stranger is told nothing of it. */
  private static final int FIRST = -100;

  @Bean
  Enforcement enforcement(
      FhirContext r4,
      ISearchParamRegistry parameters,
      SearchParamMatcher matcher,
      DaoRegistry daos,
      RestfulServer server,
      ObjectProvider<OAuthAddresses> addresses,
      ObjectProvider<FhirOperations> ownOperations,
      IInterceptorService storageHooks) {
    PatientCompartment compartment = new PatientCompartment(r4);
    Views views = new Views(compartment, parameters, matcher);
    PageSeal seal = new PageSeal();
    WrittenReferences references = new WrittenReferences(r4, compartment, daos);
    Map<String, Guard> guards = new HashMap<>();
    ownOperations.forEach(own -> guards.putAll(own.guards()));
    WayIn wayIn = new WayIn(views, seal, daos, references, guards);
    // By name, since an object that is registered with both would hear of the storage twice.
    server
        .getInterceptorService()
        .registerAnonymousInterceptor(
            Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED,
            FIRST,
            (pointcut, given) ->
                wayIn.admit(
                    given.get(RequestDetails.class), given.get(RestOperationTypeEnum.class)));
    addresses.ifAvailable(known -> server.registerInterceptor(new AnnouncedSecurity(known)));
    Enforcement enforcement = new Enforcement(views, seal, wayIn, references);
    storageHooks.registerInterceptor(enforcement);
    return enforcement;
  }
}
