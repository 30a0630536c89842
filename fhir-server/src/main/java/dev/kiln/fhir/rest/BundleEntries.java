package dev.kiln.fhir.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.util.UrlUtil;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;

/**
 * Refuses a batch or transaction whose entries do not say the same in their address and in their
 * resource. HAPI goes by the resource alone: it would answer a POST to {@code Patient/$validate} by
 * storing the Parameters, and the client would believe that the operation had run.
 */
@Interceptor
public final class BundleEntries {

  @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
  public void check(IBaseBundle bundle) {
    List<BundleEntryComponent> entries = ((Bundle) bundle).getEntry();
    for (int i = 0; i < entries.size(); i++) {
      BundleEntryComponent entry = entries.get(i);
      HTTPVerb method = entry.getRequest().getMethod();
      if (method != HTTPVerb.GET && method != HTTPVerb.HEAD) {
        UnknownParameters.refuseUnknownCommon(names(entry.getRequest().getUrl()));
        UnknownParameters.refuseUnknownCommon(names("?" + entry.getRequest().getIfNoneExist()));
      }
      if (entry.getResource() == null || method != HTTPVerb.POST && method != HTTPVerb.PUT) {
        continue;
      }
      String url = entry.getRequest().getUrl();
      String where = "Bundle.entry[" + i + "].request.url";
      if (url == null || url.isBlank()) {
        throw new InvalidRequestException(where + " is missing");
      }
      String path = url.split("\\?", 2)[0];
      if (path.contains("$")) {
        throw new InvalidRequestException(
            where + ": operations are not open inside of a batch or transaction");
      }
      String type = entry.getResource().fhirType();
      boolean fits =
          method == HTTPVerb.POST ? path.equals(type) : path.split("/", 2)[0].equals(type);
      if (!fits) {
        throw new InvalidRequestException(
            where + " does not fit the entry's resource, which is a " + type);
      }
    }
  }

  private static Set<String> names(String url) {
    int query = url == null ? -1 : url.indexOf('?');
    return query < 0 ? Set.of() : UrlUtil.parseQueryString(url.substring(query + 1)).keySet();
  }
}
