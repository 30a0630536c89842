package dev.kiln.routes.hl7v2;

import dev.kiln.routes.LogicalKey;
import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Collects what one message says as a transaction of PUT entries. */
public final class TransactionBundle {

  private final Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
  private final Map<String, Integer> count = new HashMap<>();

  /** Adds a person or a visit, which a message may tell of twice: the first telling counts. */
  public Reference putOnce(Resource resource) {
    String url = url(resource);
    return count.containsKey(url) ? new Reference(url) : put(resource);
  }

  /** Adds a fact; where another one of the message has its id already, it gets one of its own. */
  public Reference put(Resource resource) {
    String url = url(resource);
    int ordinal = count.merge(url, 1, Integer::sum);
    if (ordinal > 1) {
      resource.setId(
          LogicalKey.id(
              resource.fhirType(), resource.getIdElement().getIdPart(), String.valueOf(ordinal)));
      return put(resource);
    }
    bundle.addEntry().setResource(resource).getRequest().setMethod(HTTPVerb.PUT).setUrl(url);
    return new Reference(url);
  }

  public Bundle bundle() {
    return bundle;
  }

  private static String url(Resource resource) {
    return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
  }
}
