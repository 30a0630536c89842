package dev.kiln.fhir.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.openapi.OpenApiInterceptor;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import dev.kiln.fhir.FhirBase;
import dev.kiln.fhir.FhirOperations;
import dev.kiln.fhir.FhirSettings;
import dev.kiln.fhir.validation.MalformedBody;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** HAPI's REST server with the providers that Kiln has proven, and no others. */
@Configuration(proxyBeanMethods = false)
public class RestConfiguration {

  @Bean
  RestfulServer restfulServer(
      IFhirSystemDao<?, ?> systemDao,
      ResourceProviderFactory resourceProviders,
      IJpaSystemProvider systemProvider,
      ValueSetOperationProvider valueSetOperations,
      ObjectProvider<FhirOperations> ownOperations,
      JpaStorageSettings storage,
      ISearchParamRegistry searchParameters,
      IValidationSupport validationSupport,
      DatabaseBackedPagingProvider paging,
      MalformedBody malformedBody,
      FilterRegistrationBean<CompartmentSearch> compartmentSearch,
      FhirBase base,
      FhirSettings settings) {
    RestfulServer server = new KilnRestfulServer(systemDao.getContext());
    List<Object> own = ownOperations.stream().map(FhirOperations::provider).toList();
    OpenOperations operations = new OpenOperations(own);
    server.registerInterceptor(operations);
    server.registerInterceptor(new UnknownParameters(operations));
    server.registerInterceptor(new ErrorAnswer(malformedBody));
    server.registerInterceptor(compartmentSearch.getFilter());
    server.registerInterceptor(new OpenApiInterceptor());
    // RequestBody unpacks within its limit.
    server.setUncompressIncomingContents(false);
    server.setServerName("Kiln");
    server.setServerVersion(version());
    server.setImplementationDescription("Kiln, an HL7 FHIR R4 interoperability hub");
    server.setServerAddressStrategy(new HardcodedServerAddressStrategy(base.url()));
    server.registerProviders(resourceProviders.createProviders());
    server.registerProvider(systemProvider);
    server.registerProvider(valueSetOperations);
    server.registerProviders(own);
    server.setServerConformanceProvider(
        new JpaCapabilityStatementProvider(
            server, systemDao, storage, searchParameters, validationSupport));
    paging.setDefaultPageSize(Math.min(20, settings.maxPageSize()));
    paging.setMaximumPageSize(settings.maxPageSize());
    server.setPagingProvider(paging);
    server.setDefaultResponseEncoding(EncodingEnum.JSON);
    server.setDefaultPrettyPrint(false);
    return server;
  }

  /** First of all filters, so that also a refusal by the next one has its id. */
  @Bean
  FilterRegistrationBean<RequestId> requestId() {
    FilterRegistrationBean<RequestId> filter = new FilterRegistrationBean<>(new RequestId());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  FilterRegistrationBean<RequestBody> requestBody(FhirSettings settings) {
    FilterRegistrationBean<RequestBody> filter =
        new FilterRegistrationBean<>(new RequestBody(settings.maxRequestSize()));
    filter.addUrlPatterns("/fhir/*");
    return filter;
  }

  @Bean
  BundleEntries bundleEntries(IInterceptorService storageHooks) {
    BundleEntries entries = new BundleEntries();
    storageHooks.registerInterceptor(entries);
    return entries;
  }

  @Bean
  FilterRegistrationBean<CompartmentSearch> compartmentSearch(FhirContext context) {
    FilterRegistrationBean<CompartmentSearch> filter =
        new FilterRegistrationBean<>(new CompartmentSearch(context));
    filter.addUrlPatterns("/fhir/*");
    return filter;
  }

  @Bean
  ServletRegistrationBean<RestfulServer> fhirServlet(RestfulServer server) {
    ServletRegistrationBean<RestfulServer> servlet =
        new ServletRegistrationBean<>(server, "/fhir/*");
    servlet.setName("fhir");
    servlet.setLoadOnStartup(1);
    return servlet;
  }

  /** The version that Maven wrote into the jar; classes that run from a folder have none. */
  private static String version() {
    String version = RestConfiguration.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
