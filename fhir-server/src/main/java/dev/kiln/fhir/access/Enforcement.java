package dev.kiln.fhir.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import dev.kiln.fhir.access.Permission.Interaction;
import dev.kiln.fhir.access.view.View;
import dev.kiln.fhir.access.view.Views;
import dev.kiln.fhir.access.view.WrittenReferences;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;

/**
 * Holds every request to what its token allows. What is asked is judged on the way in ({@link
 * WayIn}); what is found, shown and written is judged here on the stored resource, in the storage's
 * own hooks, so that nothing leaves by a way that nobody thought of. Calls of this process itself
 * have no token and pass.
 */
@Interceptor
public final class Enforcement {

  /** Of a resource in a transaction: by which interaction its entry writes it. */
  private static final String BY = Enforcement.class.getName();

  private static final Set<RestOperationTypeEnum> SINGLE_WRITES =
      EnumSet.of(
          RestOperationTypeEnum.CREATE, RestOperationTypeEnum.UPDATE, RestOperationTypeEnum.PATCH);

  private static final String FILTER = "_filter";

  private final Views views;
  private final PageSeal seal;
  private final WayIn wayIn;
  private final WrittenReferences references;

  Enforcement(Views views, PageSeal seal, WayIn wayIn, WrittenReferences references) {
    this.views = views;
    this.seal = seal;
    this.wayIn = wayIn;
    this.references = references;
  }

  /** The entries of a batch come here one by one, as transactions of one entry each. */
  @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
  public void bundle(IBaseBundle given, RequestDetails request) {
    Bundle bundle = (Bundle) given;
    if (bundle.getType() != Bundle.BundleType.BATCH) {
      caller(request)
          .ifPresent(
              caller ->
                  bundle
                      .getEntry()
                      .forEach(
                          entry -> {
                            wayIn.admitEntry(caller, entry);
                            mark(entry);
                          }));
    }
  }

  /** The storage does not tell by which entry a resource comes into being. */
  private static void mark(Bundle.BundleEntryComponent entry) {
    if (entry.getResource() != null) {
      entry
          .getResource()
          .setUserData(
              BY,
              entry.getRequest().getMethod() == Bundle.HTTPVerb.POST
                  ? Interaction.CREATE
                  : Interaction.UPDATE);
    }
  }

  /**
   * By which interaction a resource comes into being: a PUT may bring one under an id of the
   * client's own.
   */
  private static Set<Interaction> bringing(IBaseResource resource, RequestDetails request) {
    if (resource.getUserData(BY) instanceof Interaction marked) {
      return EnumSet.of(marked);
    }
    return EnumSet.of(
        request.getRestOperationType() == RestOperationTypeEnum.CREATE
            ? Interaction.CREATE
            : Interaction.UPDATE);
  }

  /**
   * Narrows a search to the caller's view, so that totals and pages are right, and binds its pages
   * to the caller. HAPI reads one {@code _filter} only, so one that is there already is joined.
   */
  @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
  public void search(
      ICachedSearchDetails search, SearchParameterMap wanted, RequestDetails request) {
    Optional<Caller> caller = caller(request).filter(known -> !known.seesEverything());
    if (caller.isEmpty()) {
      return;
    }
    String type = search.getResourceType();
    View view = views.of(caller.get(), type, Interaction.SEARCH);
    if (view.isNothing()) {
      throw Refusal.missingScope(caller.get(), type, Interaction.SEARCH);
    }
    search.setUuid(seal.fresh(caller.get()));
    search.setCannotBeReused();
    if (!view.isWhole()) {
      String filter = view.filter();
      if (wanted.containsKey(FILTER)) {
        StringParam given = (StringParam) wanted.remove(FILTER).get(0).get(0);
        filter = "(" + given.getValue() + ") and (" + filter + ")";
      }
      wanted.add(FILTER, new StringParam(filter));
    }
  }

  /** The last gate of every way out: what the caller may not see is as if it were not there. */
  @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
  public void show(IPreResourceShowDetails shown, RequestDetails request) {
    Optional<Caller> caller = caller(request).filter(known -> !known.seesEverything());
    if (caller.isEmpty()) {
      return;
    }
    Set<Interaction> by = showing(caller.get(), request.getRestOperationType());
    Map<String, View> byType = new HashMap<>();
    for (int i = 0; i < shown.size(); i++) {
      IBaseResource resource = shown.getResource(i);
      if (resource != null
          && !byType
              .computeIfAbsent(resource.fhirType(), type -> views.of(caller.get(), type, by))
              .holds(resource)) {
        shown.setResource(i, null);
      }
    }
  }

  /**
   * Leaves out of the answer to a write what its caller may not read. HAPI takes the resource of
   * such an answer before it calls the hook for what is shown, and after that for what is accessed;
   * in a transaction it is the other way round.
   */
  @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
  public void answer(IPreResourceAccessDetails written, RequestDetails request) {
    if (request == null || !SINGLE_WRITES.contains(request.getRestOperationType())) {
      return;
    }
    Optional<Caller> caller = caller(request).filter(known -> !known.seesEverything());
    for (int i = 0; caller.isPresent() && i < written.size(); i++) {
      IBaseResource resource = written.getResource(i);
      if (!views
          .of(caller.get(), resource.fhirType(), showing(caller.get(), null))
          .holds(resource)) {
        written.setDontReturnResourceAtIndex(i);
      }
    }
  }

  /** What one may find is not what one may read: a scope with "s" alone opens no address. */
  private static Set<Interaction> showing(Caller caller, RestOperationTypeEnum asked) {
    if (asked == RestOperationTypeEnum.SEARCH_TYPE || asked == RestOperationTypeEnum.GET_PAGE) {
      return caller.isSystem()
          ? EnumSet.of(Interaction.SEARCH, Interaction.READ)
          : EnumSet.of(Interaction.SEARCH);
    }
    return asked == RestOperationTypeEnum.READ || asked == RestOperationTypeEnum.VREAD
        ? EnumSet.of(Interaction.READ)
        : EnumSet.of(Interaction.SEARCH, Interaction.READ);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void create(IBaseResource resource, RequestDetails request) {
    caller(request)
        .ifPresent(
            caller -> {
              Set<Interaction> by = bringing(resource, request);
              requireWritable(caller, resource, by);
              Relations.refuseChange(caller, null, resource);
              checkReferences(caller, List.of(), resource, by);
            });
  }

  /** Once more when the references of a transaction have found their targets. */
  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource, RequestDetails request) {
    caller(request)
        .ifPresent(caller -> requireWritable(caller, resource, bringing(resource, request)));
  }

  /** Both versions: nothing is taken out of a chart or put into one that is not the caller's. */
  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void update(IBaseResource before, IBaseResource after, RequestDetails request) {
    caller(request)
        .ifPresent(
            caller -> {
              Set<Interaction> updating = EnumSet.of(Interaction.UPDATE);
              if (before != null) {
                requireWritable(caller, before, updating);
              }
              requireWritable(caller, after, updating);
              Relations.refuseChange(caller, before, after);
              checkReferences(
                  caller, before == null ? List.of() : references.of(before), after, updating);
            });
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void delete(IBaseResource resource, RequestDetails request) {
    caller(request)
        .ifPresent(caller -> requireWritable(caller, resource, EnumSet.of(Interaction.DELETE)));
  }

  /** Whoever may write all resources of a type is not kept in one chart. */
  private void checkReferences(
      Caller caller, List<String> known, IBaseResource written, Set<Interaction> by) {
    if (!caller.seesEverything()) {
      boolean whole = views.of(caller, written.fhirType(), by).isWhole();
      references.check(whole ? null : caller.patient(), known, written);
    }
  }

  private void requireWritable(Caller caller, IBaseResource resource, Set<Interaction> by) {
    if (!views.of(caller, resource.fhirType(), by).holds(resource)) {
      throw Refusal.outsideOfScope(resource.fhirType());
    }
  }

  /**
   * On whose behalf; nobody's where this process itself asks. A request that came through the
   * servlet without a caller is refused.
   */
  private static Optional<Caller> caller(RequestDetails request) {
    return request == null || request instanceof SystemRequestDetails
        ? Optional.empty()
        : Optional.of(Caller.of(request).orElseThrow(Refusal::unknownCaller));
  }
}
