package dev.kiln.fhir.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets only those operations of HAPI's come into being that have been proven, and those of Kiln's
 * own modules. HAPI brings many more (expunge, reindexing, bulk export, merge …); an operation that
 * is not bound has no route and stands in no CapabilityStatement.
 */
@Interceptor
public final class OpenOperations {

  private static final Set<String> OPEN =
      Set.of(
          "$everything",
          "$validate",
          "$meta",
          "$meta-add",
          "$meta-delete",
          "$lookup",
          "$subsumes",
          "$validate-code",
          "$expand",
          "$translate");

  /** They belong to features that are off. */
  private static final Set<String> CLOSED_PARAMETERS =
      Set.of("_content", "_text", "_filter", "_mdm");

  private final Map<String, Set<String>> parameters = new ConcurrentHashMap<>();
  private final Collection<Object> own;

  /**
   * @param own providers of Kiln's own operations
   */
  OpenOperations(Collection<Object> own) {
    this.own = own;
  }

  /** Returns the method to be bound, or null where it is not open. */
  @Hook(Pointcut.SERVER_PROVIDER_METHOD_BOUND)
  public BaseMethodBinding bind(BaseMethodBinding method) {
    if (method instanceof OperationMethodBinding operation) {
      if (!OPEN.contains(operation.getName()) && !own.contains(operation.getProvider())) {
        return null;
      }
      learnParameters(operation);
    }
    return method;
  }

  /** The query parameters that an operation reads, or null where there is no such operation. */
  Set<String> parametersOf(String operation) {
    return parameters.get(operation);
  }

  /** The annotations of the method are the only place where HAPI's providers declare them. */
  private void learnParameters(OperationMethodBinding operation) {
    Set<String> names =
        parameters.computeIfAbsent(operation.getName(), name -> ConcurrentHashMap.newKeySet());
    for (Parameter parameter : operation.getMethod().getParameters()) {
      OperationParam declared = parameter.getAnnotation(OperationParam.class);
      if (declared != null && !CLOSED_PARAMETERS.contains(declared.name())) {
        names.add(declared.name());
      }
    }
  }
}
