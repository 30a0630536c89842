package dev.kiln.fhir.access.view;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryMatchResult;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * The conditions of a scope such as {@code patient/Observation.rs?category=vital-signs}. They are
 * judged on the stored resource by the values that the library would index for it. Open are those
 * about codes, without modifiers and chains: what could not be judged exactly would have to be
 * guessed.
 */
final class ScopeQuery {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /**
   * Neither an escape nor a quote, which would mean different things to the two that judge; nor a
   * bar at the beginning, which means "without a system" to the database and "whatever system" to
   * the library's judgement of a resource.
   */
  private static final Pattern VALUE =
      Pattern.compile("[^|\\\\\"$\\p{Cntrl}][^\\\\\"$\\p{Cntrl}]*");

  private record Condition(String parameter, List<String> values) {}

  private final List<Condition> conditions;
  private final SearchParamMatcher matcher;

  private ScopeQuery(List<Condition> conditions, SearchParamMatcher matcher) {
    this.conditions = conditions;
    this.matcher = matcher;
  }

  /**
   * Empty where one of the conditions cannot be judged for the type: such a scope allows nothing.
   */
  static Optional<ScopeQuery> of(
      String type,
      List<String> query,
      ISearchParamRegistry parameters,
      SearchParamMatcher matcher) {
    List<Condition> conditions = new ArrayList<>();
    for (String text : query) {
      String[] parts = text.split("=", 2);
      if (parts.length < 2 || !NAME.matcher(parts[0]).matches()) {
        return Optional.empty();
      }
      RuntimeSearchParam parameter =
          parameters.getActiveSearchParam(type, parts[0], SearchParamLookupContextEnum.SEARCH);
      Optional<String> value = decoded(parts[1]);
      if (parameter == null
          || parameter.getParamType() != RestSearchParameterTypeEnum.TOKEN
          || value.isEmpty()) {
        return Optional.empty();
      }
      List<String> values = List.of(value.get().split(",", -1));
      if (!values.stream().allMatch(one -> VALUE.matcher(one).matches())) {
        return Optional.empty();
      }
      conditions.add(new Condition(parts[0], values));
    }
    return Optional.of(new ScopeQuery(conditions, matcher));
  }

  /** A plus sign is one: scopes are no forms. */
  private static Optional<String> decoded(String value) {
    try {
      return Optional.of(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether a resource meets all conditions; not where the library cannot tell. */
  boolean matches(IBaseResource resource) {
    if (conditions.isEmpty()) {
      return true;
    }
    SearchParameterMap wanted = new SearchParameterMap();
    for (Condition condition : conditions) {
      TokenOrListParam any = new TokenOrListParam();
      condition.values().forEach(value -> any.addOr(token(value)));
      wanted.add(condition.parameter(), any);
    }
    InMemoryMatchResult result = matcher.match(wanted, resource);
    return result.supported() && result.matched();
  }

  /** The same in the words of {@code _filter}; empty where there are no conditions. */
  String filter() {
    return conditions.stream()
        .map(
            condition ->
                condition.values().stream()
                    .map(value -> "(" + condition.parameter() + " eq \"" + value + "\")")
                    .collect(Collectors.joining(" or ", "(", ")")))
        .collect(Collectors.joining(" and "));
  }

  private static TokenParam token(String value) {
    TokenParam token = new TokenParam();
    token.setValueAsQueryToken(null, null, null, value);
    return token;
  }
}
