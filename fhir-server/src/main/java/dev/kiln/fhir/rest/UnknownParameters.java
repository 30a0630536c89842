package dev.kiln.fhir.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses parameters that nobody reads. HAPI does so for searches; elsewhere, and in the values of
 * {@code _total} and {@code _summary}, it passes over what it does not know, and the client
 * believes that its wish was heard.
 */
@Interceptor
public final class UnknownParameters {

  /** Parameters of every interaction, https://hl7.org/fhir/R4/http.html#parameters. */
  private static final Set<String> GENERAL = Set.of("_format", "_pretty", "_summary", "_elements");

  /** https://hl7.org/fhir/R4/search.html#modifiers and those of _include. */
  private static final Set<String> MODIFIERS =
      new TreeSet<>(
          Set.of(
              "missing",
              "exact",
              "contains",
              "text",
              "not",
              "above",
              "below",
              "in",
              "not-in",
              "of-type",
              "identifier",
              "iterate",
              "recurse"));

  private static final Set<RestOperationTypeEnum> CONDITIONAL =
      Set.of(
          RestOperationTypeEnum.UPDATE, RestOperationTypeEnum.DELETE, RestOperationTypeEnum.PATCH);

  /** What may stand in the address of a conditional write beside the type's own parameters. */
  private static final Set<String> COMMON =
      new TreeSet<>(
          Set.of(
              "_id",
              "_lastUpdated",
              "_tag",
              "_profile",
              "_security",
              "_source",
              "_has",
              "_format",
              "_pretty",
              "_summary",
              "_elements"));

  private static final Map<RestOperationTypeEnum, Set<String>> BY_INTERACTION =
      Map.of(
          RestOperationTypeEnum.READ, Set.of(),
          RestOperationTypeEnum.VREAD, Set.of(),
          RestOperationTypeEnum.METADATA, Set.of("mode"),
          RestOperationTypeEnum.HISTORY_INSTANCE, Set.of("_count", "_since", "_at", "_offset"),
          RestOperationTypeEnum.HISTORY_TYPE, Set.of("_count", "_since", "_at", "_offset"),
          RestOperationTypeEnum.HISTORY_SYSTEM, Set.of("_count", "_since", "_at", "_offset"),
          RestOperationTypeEnum.CREATE, Set.of(),
          RestOperationTypeEnum.TRANSACTION, Set.of());

  private final OpenOperations operations;

  UnknownParameters(OpenOperations operations) {
    this.operations = operations;
  }

  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
  public void check(RequestDetails request, RestOperationTypeEnum interaction) {
    Map<String, String[]> given = request.getParameters();
    if (given == null || given.isEmpty()) {
      return;
    }
    if (given.keySet().stream()
            .anyMatch(name -> withoutModifier(name).split("\\.", 2)[0].equals("_filter"))
        && !(request instanceof ServletRequestDetails servlet
            && CompartmentSearch.isRewritten(servlet.getServletRequest()))) {
      throw new InvalidRequestException("The parameter \"_filter\" is not open on this server");
    }
    refuseValue(given, "_summary", SummaryEnum.fromCode(first(given, "_summary")));
    refuseValue(given, "_total", SearchTotalModeEnum.fromCode(first(given, "_total")));
    if (interaction == RestOperationTypeEnum.SEARCH_TYPE) {
      given.keySet().forEach(name -> refuseModifier(request, name));
    }
    if (CONDITIONAL.contains(interaction)) {
      refuseUnknownCommon(given.keySet());
    }
    Set<String> read =
        interaction.name().startsWith("EXTENDED_OPERATION")
            ? operations.parametersOf(request.getOperation())
            : BY_INTERACTION.get(interaction);
    if (read == null) {
      return;
    }
    for (String name : given.keySet()) {
      if (!GENERAL.contains(name) && !read.contains(withoutModifier(name))) {
        Set<String> known = new TreeSet<>(GENERAL);
        known.addAll(read);
        throw new InvalidRequestException(
            "Unknown parameter \"" + withoutModifier(name) + "\"; this request reads " + known);
      }
    }
  }

  /**
   * HAPI passes over a modifier that it does not know, and the search finds something else than was
   * asked for.
   */
  private static void refuseModifier(RequestDetails request, String name) {
    int colon = name.indexOf(':');
    if (colon < 0 || name.startsWith("_has:")) {
      return;
    }
    String modifier = name.substring(colon + 1).split("\\.", 2)[0];
    if (!MODIFIERS.contains(modifier)
        && !request.getFhirContext().getResourceTypes().contains(modifier)) {
      throw new InvalidRequestException(
          "Unknown modifier in \"" + name.substring(0, colon) + ":…\"; known are " + MODIFIERS);
    }
  }

  /**
   * HAPI passes over every name with an underscore that it does not know, in the addresses of
   * conditional writes too, and then writes to more than was meant.
   *
   * @throws InvalidRequestException naming the first one
   */
  static void refuseUnknownCommon(Set<String> names) {
    for (String name : names) {
      String plain = withoutModifier(name).split("\\.", 2)[0];
      if (plain.startsWith("_") && !COMMON.contains(plain)) {
        throw new InvalidRequestException(
            "Unknown parameter \"" + plain + "\"; known are " + COMMON);
      }
    }
  }

  private static void refuseValue(Map<String, String[]> given, String name, Object parsed) {
    if (given.containsKey(name) && parsed == null) {
      throw new InvalidRequestException(
          "Parameter \"" + name + "\" has a value that FHIR does not define");
    }
  }

  private static String first(Map<String, String[]> given, String name) {
    String[] values = given.get(name);
    return values == null || values.length == 0 ? "" : values[0];
  }

  private static String withoutModifier(String name) {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
