package dev.kiln.auth.authorization;

import dev.kiln.auth.Account;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.launch.LaunchTable;
import dev.kiln.auth.scope.Scopes;
import dev.kiln.auth.secret.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/**
 * Makes of a valid request what waits for the person: no more scopes than their roles allow, and
 * the context of the launch.
 */
final class NewRequests {

  private static final String OWN_RECORD = "Patient/";

  private final Accounts accounts;
  private final PatientDirectory patients;
  private final LaunchTable launches;

  NewRequests(Accounts accounts, PatientDirectory patients, LaunchTable launches) {
    this.accounts = accounts;
    this.patients = patients;
    this.launches = launches;
  }

  /**
   * @throws OAuth2AuthorizationCodeRequestAuthenticationException where the launch is somebody
   *     else's or was used, or the account is gone
   */
  AppAuthorization of(OAuth2Authorization authorization) {
    OAuth2AuthorizationRequest request =
        authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
    Account account =
        accounts
            .byId(authorization.getPrincipalName())
            .orElseThrow(() -> refused(OAuth2ErrorCodes.ACCESS_DENIED, "account", request));
    Set<String> scopes = Scopes.within(request.getScopes(), accounts.ceiling(account));
    Map<String, Object> parameters = request.getAdditionalParameters();
    boolean isStandalone = !request.getScopes().contains("launch");
    Map<String, Object> context =
        isStandalone
            ? standalone(account, scopes)
            : launches
                .take((String) parameters.get("launch"), request.getClientId(), account.id())
                .orElseThrow(() -> refused(OAuth2ErrorCodes.INVALID_REQUEST, "launch", request));
    // Whoever made the launch, it opens no chart that the person may not open.
    if (context.get("patient") instanceof String patient
        && patients.entry(account, patient).isEmpty()) {
      throw refused(OAuth2ErrorCodes.ACCESS_DENIED, "patient", request);
    }
    return new AppAuthorization(
        UUID.fromString(authorization.getId()),
        request.getClientId(),
        account.id(),
        scopes,
        Set.of(),
        request.getRedirectUri(),
        request.getState(),
        (String) parameters.get("code_challenge"),
        (String) parameters.get("nonce"),
        isStandalone,
        context,
        (String) parameters.get(AuthorizeRequests.SESSION),
        Secrets.randomBytes(),
        null,
        false);
  }

  /** A patient who can choose nobody but themselves is not asked. */
  private Map<String, Object> standalone(Account account, Set<String> scopes) {
    Map<String, Object> context = new LinkedHashMap<>();
    if (Scopes.needPatient(scopes)
        && account.fhirUser() != null
        && account.fhirUser().startsWith(OWN_RECORD)) {
      List<PatientDirectory.Entry> own = patients.find(account, "", 2);
      if (own.size() == 1) {
        context.put("patient", own.get(0).id());
        context.put("need_patient_banner", true);
      }
    }
    return context;
  }

  private static OAuth2AuthorizationCodeRequestAuthenticationException refused(
      String code, String parameter, OAuth2AuthorizationRequest request) {
    Authentication nobody = new UsernamePasswordAuthenticationToken("", null);
    return AuthorizeRules.error(
        code,
        parameter,
        new OAuth2AuthorizationCodeRequestAuthenticationToken(
            request.getAuthorizationUri(),
            request.getClientId(),
            nobody,
            request.getRedirectUri(),
            request.getState(),
            request.getScopes(),
            null));
  }
}
