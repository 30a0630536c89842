package dev.kiln.fhir.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import dev.kiln.fhir.OAuthAddresses;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.UriType;

/**
 * Says in the CapabilityStatement how the API is locked and where tokens are had (SMART App Launch
 * 2.2, "Using the CapabilityStatement"): some apps look there and not in the SMART configuration.
 */
@Interceptor
public final class AnnouncedSecurity {

  private static final String OAUTH_URIS =
      "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";

  private static final String SERVICES =
      "http://terminology.hl7.org/CodeSystem/restful-security-service";

  private final OAuthAddresses addresses;

  AnnouncedSecurity(OAuthAddresses addresses) {
    this.addresses = addresses;
  }

  /**
   * The library keeps the statement for a while and asks again, so it is written anew each time.
   */
  @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
  public void announce(IBaseConformance statement) {
    CapabilityStatementRestSecurityComponent security =
        new CapabilityStatementRestSecurityComponent();
    security.setCors(true);
    security
        .addService()
        .addCoding()
        .setSystem(SERVICES)
        .setCode("SMART-on-FHIR")
        .setDisplay("SMART-on-FHIR");
    Extension uris = security.addExtension().setUrl(OAUTH_URIS);
    add(uris, "authorize", addresses.authorize());
    add(uris, "token", addresses.token());
    add(uris, "introspect", addresses.introspect());
    add(uris, "revoke", addresses.revoke());
    add(uris, "manage", addresses.manage());
    ((CapabilityStatement) statement).getRestFirstRep().setSecurity(security);
  }

  private static void add(Extension uris, String name, String address) {
    if (address != null) {
      uris.addExtension().setUrl(name).setValue(new UriType(address));
    }
  }
}
