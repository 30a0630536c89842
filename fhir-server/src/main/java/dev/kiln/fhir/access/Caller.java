package dev.kiln.fhir.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import dev.kiln.fhir.access.Permission.Interaction;
import dev.kiln.fhir.access.Permission.Level;
import jakarta.servlet.ServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * On whose behalf a request comes, as its token says. It travels as an attribute of the servlet's
 * request, so that each entry of a batch has the same one.
 *
 * @param clientId the app's
 * @param subject the account that signed in; the client itself where it acts for itself
 * @param fhirUser who that is in the store, for example {@code Practitioner/1}; null for nobody
 * @param permissions the scopes of the token that concern resources
 * @param rights to operations of Kiln's own, such as {@code message.read}; see {@link
 *     dev.kiln.fhir.FhirOperations}
 * @param patient bare id of the patient of the launch; null where there is none
 * @param isSystem whether the client acts for itself, without a person
 */
public record Caller(
    String clientId,
    String subject,
    String fhirUser,
    Set<Permission> permissions,
    Set<String> rights,
    String patient,
    boolean isSystem) {

  /** https://hl7.org/fhir/R4/datatypes.html#id; it is written into searches. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

  private static final String ATTRIBUTE = Caller.class.getName();

  public Caller {
    permissions = Set.copyOf(permissions);
    rights = Set.copyOf(rights);
  }

  /** Lets it travel with a request. */
  public void attachTo(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** The one that a servlet's request carries. */
  public static Optional<Caller> of(RequestDetails request) {
    return request instanceof ServletRequestDetails servlet && servlet.getServletRequest() != null
        ? Optional.ofNullable((Caller) servlet.getServletRequest().getAttribute(ATTRIBUTE))
        : Optional.empty();
  }

  /**
   * The permissions that count. One of a patient's level counts for nothing without a patient, one
   * of a user's level without a known user, and one of the system's level only for a client that
   * acts for itself: a claim that is missing must never widen what is allowed.
   */
  public List<Permission> allowing(String type, Interaction interaction) {
    return permissions.stream()
        .filter(permission -> permission.allows(type, interaction))
        .filter(permission -> counts(permission.level()))
        .toList();
  }

  private boolean counts(Level level) {
    return switch (level) {
      case PATIENT -> !isSystem && patient != null && ID.matcher(patient).matches();
      case USER -> !isSystem && fhirUser != null && !fhirUser.isBlank();
      case SYSTEM -> isSystem;
    };
  }

  /** Whether nothing in the store is hidden from it, so that every way out is open to it. */
  public boolean seesEverything() {
    return isSystem && mayWithAll(Interaction.READ) && mayWithAll(Interaction.SEARCH);
  }

  /** Whether it may write whatever it likes, so that a way in may do it in its name. */
  public boolean writesEverything() {
    return isSystem && mayWithAll(Interaction.CREATE) && mayWithAll(Interaction.UPDATE);
  }

  private boolean mayWithAll(Interaction interaction) {
    return allowing("*", interaction).stream().anyMatch(all -> all.query().isEmpty());
  }

  /**
   * @throws ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException where a person's token
   *     has not got the right; of clients that act for themselves the scopes have said all
   */
  public void require(String right) {
    if (!isSystem && !rights.contains(right)) {
      throw Refusal.missingRight(right);
    }
  }

  /** The level whose scope would help this caller. */
  Level level() {
    if (isSystem) {
      return Level.SYSTEM;
    }
    return patient == null ? Level.USER : Level.PATIENT;
  }

  /** The same for every token of the same app, person and permissions, and for no other. */
  String identity() {
    return permissions.stream()
        .map(Permission::toString)
        .sorted()
        .collect(
            Collectors.joining(
                "\n",
                String.join(
                    "\n",
                    clientId,
                    String.valueOf(subject),
                    String.valueOf(fhirUser),
                    String.valueOf(patient),
                    String.valueOf(isSystem),
                    ""),
                ""));
  }
}
