package dev.kiln.fhir.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers {@code GET [base]/Patient/[id]/[type]}, https://hl7.org/fhir/R4/http.html#vsearch, which
 * HAPI's JPA server does not route. The search is handed on as one of the type, narrowed to what
 * names the patient in any of the parameters that make its compartment
 * (https://hl7.org/fhir/R4/compartmentdefinition-patient.html); the "or" between them is something
 * that only {@code _filter} can say. From outside {@code _filter} is refused by {@link
 * UnknownParameters}.
 */
@Interceptor
public final class CompartmentSearch extends OncePerRequestFilter {

  private static final Pattern PATH =
      Pattern.compile(
          "/fhir/(Patient|Encounter|Practitioner|RelatedPerson|Device)/([A-Za-z0-9.-]{1,64})/([A-Z][A-Za-z]+)");

  private static final String ORIGINAL = CompartmentSearch.class.getName();

  private final FhirContext context;

  CompartmentSearch(FhirContext context) {
    this.context = context;
  }

  /** True for a request whose {@code _filter} was written here. */
  public static boolean isRewritten(HttpServletRequest request) {
    return request.getAttribute(ORIGINAL) != null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Matcher path = PATH.matcher(request.getRequestURI());
    if (!"GET".equals(request.getMethod())
        || !path.matches()
        || request.getParameter("_filter") != null) {
      chain.doFilter(request, response);
      return;
    }
    List<String> parameters = members(path.group(1), path.group(3));
    if (parameters.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    String owner = path.group(1) + "/" + path.group(2);
    String filter =
        parameters.stream()
            .map(parameter -> parameter + " eq " + owner)
            .collect(Collectors.joining(" or "));
    String query = request.getQueryString();
    request.setAttribute(
        ORIGINAL, "/" + owner + "/" + path.group(3) + (query == null ? "" : "?" + query));
    chain.doFilter(new Narrowed(request, path.group(3), filter), response);
  }

  /**
   * The client is told the address that it asked for, and never the one that the search was handed
   * on with.
   */
  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void selfLink(IBaseResource response, ServletRequestDetails request) {
    Object original = request.getServletRequest().getAttribute(ORIGINAL);
    if (original == null || !(response instanceof Bundle bundle)) {
      return;
    }
    Bundle.BundleLinkComponent self = bundle.getLink("self");
    if (self != null) {
      self.setUrl(request.getFhirServerBase() + original);
    }
  }

  /**
   * The search parameters that place a resource of the type into the compartment; none where it
   * never is in one.
   */
  private List<String> members(String compartment, String type) {
    if (!context.getResourceTypes().contains(type)) {
      return List.of();
    }
    return context
        .getResourceDefinition(type)
        .getSearchParamsForCompartmentName(compartment)
        .stream()
        .map(RuntimeSearchParam::getName)
        .sorted()
        .toList();
  }

  private static final class Narrowed extends HttpServletRequestWrapper {

    private final String uri;
    private final String filter;

    Narrowed(HttpServletRequest request, String type, String filter) {
      super(request);
      this.uri = "/fhir/" + type;
      this.filter = filter;
    }

    @Override
    public String getRequestURI() {
      return uri;
    }

    @Override
    public StringBuffer getRequestURL() {
      StringBuffer url = super.getRequestURL();
      int path = url.indexOf("/fhir/");
      return url.replace(path, url.length(), uri);
    }

    @Override
    public String getPathInfo() {
      return uri.substring("/fhir".length());
    }

    @Override
    public String getQueryString() {
      String given = super.getQueryString();
      return (given == null ? "" : given + "&")
          + "_filter="
          + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      Map<String, String[]> parameters = new HashMap<>(super.getParameterMap());
      parameters.put("_filter", new String[] {filter});
      return parameters;
    }

    @Override
    public String getParameter(String name) {
      return "_filter".equals(name) ? filter : super.getParameter(name);
    }

    @Override
    public String[] getParameterValues(String name) {
      return getParameterMap().get(name);
    }
  }
}
