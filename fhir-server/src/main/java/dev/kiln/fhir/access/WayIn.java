package dev.kiln.fhir.access;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletSubRequestDetails;
import ca.uhn.fhir.rest.server.util.MatchUrlUtil;
import ca.uhn.fhir.util.UrlUtil;
import dev.kiln.fhir.FhirOperations.Guard;
import dev.kiln.fhir.FhirOperations.Guard.Services;
import dev.kiln.fhir.access.Permission.Interaction;
import dev.kiln.fhir.access.view.View;
import dev.kiln.fhir.access.view.Views;
import dev.kiln.fhir.access.view.WrittenReferences;
import dev.kiln.fhir.rest.CompartmentSearch;
import dev.kiln.fhir.rest.HiddenDeletions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;

/**
 * Lets in what a token may ask, before anything is looked up. What is not named here is closed to
 * all but clients that act for themselves.
 */
final class WayIn {

  private static final Set<String> WRITING_OPERATIONS = Set.of("$meta-add", "$meta-delete");

  private static final Set<RestOperationTypeEnum> SEARCHING_OPERATIONS =
      Set.of(
          RestOperationTypeEnum.SEARCH_SYSTEM,
          RestOperationTypeEnum.HISTORY_SYSTEM,
          RestOperationTypeEnum.HISTORY_TYPE);

  private final Views views;
  private final PageSeal seal;
  private final DaoRegistry daos;
  private final WrittenReferences references;
  private final Map<String, Guard> guards;

  /**
   * @param guards of Kiln's own operations, by their names
   */
  WayIn(
      Views views,
      PageSeal seal,
      DaoRegistry daos,
      WrittenReferences references,
      Map<String, Guard> guards) {
    this.views = views;
    this.seal = seal;
    this.daos = daos;
    this.references = references;
    this.guards = guards;
  }

  /** Called for each request of the servlet, and for each reading entry of a batch. */
  void admit(RequestDetails request, RestOperationTypeEnum asked) {
    if (asked == RestOperationTypeEnum.METADATA) {
      return;
    }
    Caller caller = Caller.of(request).orElseThrow(Refusal::unknownCaller);
    String type = request.getResourceName();
    switch (asked) {
      case READ, VREAD -> admitRead(caller, request, asked);
      case SEARCH_TYPE -> admitSearch(caller, request);
      case GET_PAGE -> admitPage(caller, request);
      case CREATE ->
          admitWrite(
              caller, Interaction.CREATE, type, null, query(request.getHeader("If-None-Exist")));
      case UPDATE -> admitWrite(caller, Interaction.UPDATE, type, id(request), address(request));
      case PATCH -> admitWrite(caller, Interaction.UPDATE, type, id(request), address(request));
      case DELETE -> admitWrite(caller, Interaction.DELETE, type, id(request), address(request));
      case TRANSACTION -> {
        // It would turn a batch into a transaction behind the hook that judges the entries.
        if (request.getHeader("X-Transaction-Semantics") != null && !caller.seesEverything()) {
          throw Refusal.closed("X-Transaction-Semantics");
        }
      }
      default -> admitOperation(caller, request, asked);
    }
  }

  private void admitRead(Caller caller, RequestDetails request, RestOperationTypeEnum asked) {
    View view = view(caller, request.getResourceName(), Interaction.READ);
    if (view.isWhole()) {
      return;
    }
    // An old version may have been in this chart before it was found to be another's. In a batch
    // nobody would turn "gone" into "not found" later.
    if (asked == RestOperationTypeEnum.VREAD || request instanceof ServletSubRequestDetails) {
      requireHeld(view, request.getResourceName(), id(request));
    }
    HiddenDeletions.mark(request);
  }

  private void admitSearch(Caller caller, RequestDetails request) {
    view(caller, request.getResourceName(), Interaction.SEARCH);
    if (!caller.seesEverything()) {
      boolean rewritten =
          !(request instanceof ServletSubRequestDetails)
              && request instanceof ServletRequestDetails servlet
              && CompartmentSearch.isRewritten(servlet.getServletRequest());
      requireOpen(address(request), rewritten ? Set.of("_filter") : Set.of(), caller.isSystem());
    }
  }

  /** Somebody else's search has ended for this caller, as one has that never was. */
  private void admitPage(Caller caller, RequestDetails request) {
    String[] id = request.getParameters().get("_getpages");
    if (!caller.seesEverything()
        && (id == null || id.length != 1 || !seal.belongsTo(id[0], caller))) {
      throw new ResourceGoneException(
          "Search ID \""
              + (id == null ? "" : UrlUtil.sanitizeUrlPart(id[0]))
              + "\" does not exist and may have expired");
    }
  }

  /** A writing entry of a Bundle; the reading ones come by {@link #admit}. */
  void admitEntry(Caller caller, BundleEntryComponent entry) {
    HTTPVerb method = entry.getRequest().getMethod();
    if (method == HTTPVerb.GET) {
      return;
    }
    UrlUtil.UrlParts url = UrlUtil.parseUrl(String.valueOf(entry.getRequest().getUrl()));
    Map<String, List<String>> match =
        method == HTTPVerb.POST
            ? query(entry.getRequest().getIfNoneExist())
            : query(url.getParams());
    Interaction interaction =
        method == null
            ? null
            : switch (method) {
              case POST -> Interaction.CREATE;
              case PUT, PATCH -> Interaction.UPDATE;
              case DELETE -> Interaction.DELETE;
              default -> null;
            };
    if (interaction == null || url.getResourceType() == null) {
      throw Refusal.closed("This entry");
    }
    if (!caller.seesEverything()) {
      references.refuseSearches(entry.getResource());
    }
    String id = method == HTTPVerb.POST ? null : url.getResourceId();
    admitWrite(caller, interaction, url.getResourceType(), id, match);
  }

  /**
   * @param id null where the resource is named by a search, or is to get one
   * @param match the search that names it; empty where there is none
   */
  private void admitWrite(
      Caller caller,
      Interaction interaction,
      String type,
      String id,
      Map<String, List<String>> match) {
    View view = view(caller, type, interaction);
    boolean conditional = id == null && (interaction != Interaction.CREATE || !match.isEmpty());
    if (conditional) {
      View found = view(caller, type, Interaction.SEARCH);
      // Found, not found or found twice: the answer would tell of resources outside of the view.
      if (!view.isWhole() || !found.isWhole()) {
        throw Refusal.closed("A conditional write");
      }
      if (!caller.seesEverything()) {
        requireOpen(match, Set.of(), false);
      }
    } else if (interaction != Interaction.CREATE && !view.isWhole()) {
      requireHeld(view, type, id);
    }
  }

  /**
   * Operations, history and the search over all types: for clients that act for themselves, and
   * those of Kiln's own also for persons with the right to them.
   */
  private void admitOperation(Caller caller, RequestDetails request, RestOperationTypeEnum asked) {
    Guard guard = guards.get(String.valueOf(request.getOperation()));
    if (!caller.isSystem()) {
      if (guard == null) {
        throw Refusal.closed(request.getOperation() == null ? "This" : "This operation");
      }
      caller.require(guard.right());
      return;
    }
    if (guard != null && guard.services() == Services.NONE) {
      throw Refusal.closed("This operation");
    }
    Interaction interaction = Interaction.READ;
    if (SEARCHING_OPERATIONS.contains(asked)) {
      interaction = Interaction.SEARCH;
    } else if (guard != null && guard.services() == Services.WRITING_EVERYTHING
        || WRITING_OPERATIONS.contains(String.valueOf(request.getOperation()))) {
      interaction = Interaction.UPDATE;
    }
    String type = request.getResourceName() == null ? "*" : request.getResourceName();
    if (!view(caller, type, interaction).isWhole()) {
      throw Refusal.closed("This operation");
    }
  }

  private View view(Caller caller, String type, Interaction interaction) {
    View view = views.of(caller, type, interaction);
    if (view.isNothing()) {
      throw Refusal.missingScope(caller, type, interaction);
    }
    return view;
  }

  /**
   * Refuses with the words for what is not there, whether the resource is absent, deleted or not
   * the caller's.
   */
  private void requireHeld(View view, String type, String id) {
    IdType wanted = new IdType(type, id);
    try {
      if (view.holds(daos.getResourceDao(type).read(wanted, new SystemRequestDetails()))) {
        return;
      }
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      // Answered below.
    }
    throw HiddenDeletions.notFound(wanted);
  }

  private static void requireOpen(
      Map<String, List<String>> given, Set<String> own, boolean includes) {
    Optional<String> closed = OpenParameters.closed(given, own, includes);
    if (closed.isPresent()) {
      throw Refusal.closed(closed.get());
    }
  }

  private static String id(RequestDetails request) {
    return request.getId() == null ? null : request.getId().getIdPart();
  }

  private static Map<String, List<String>> address(RequestDetails request) {
    return request.getParameters().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Arrays.asList(entry.getValue())));
  }

  /** A search as it stands in a header or in an entry's address. */
  private static Map<String, List<String>> query(String url) {
    return url == null || url.isBlank()
        ? Map.of()
        : MatchUrlUtil.translateMatchUrl(url).stream()
            .collect(
                Collectors.groupingBy(
                    pair -> pair.getName(),
                    Collectors.mapping(
                        pair -> String.valueOf(pair.getValue()), Collectors.toList())));
  }
}
