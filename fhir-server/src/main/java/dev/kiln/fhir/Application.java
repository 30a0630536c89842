package dev.kiln.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One message being applied. It travels with the request, so that the hooks inside of HAPI's
 * transaction find it.
 *
 * @param tellings what the message's source has said by now: by resource, by source
 * @param rivals resources that share an identifier with one of the message's and have not been
 *     chosen; who else has claimed one meanwhile makes the transaction fail
 * @param created resources of which nobody has told yet: where somebody has meanwhile, the
 *     transaction fails
 * @param outcome what {@link LocalStore#applied} tells later
 * @param written filled by the hooks
 */
public record Application(
    UUID message,
    int run,
    Map<String, Map<String, String>> tellings,
    Set<String> rivals,
    Set<String> created,
    String outcome,
    List<String> written) {

  private static final String KEY = Application.class.getName();

  public Application(
      UUID message,
      int run,
      Map<String, Map<String, String>> tellings,
      Set<String> rivals,
      Set<String> created,
      String outcome) {
    this(message, run, tellings, rivals, created, outcome, new ArrayList<>());
  }

  /** Lets it travel with a request. */
  public void attachTo(RequestDetails request) {
    request.getUserData().put(KEY, this);
  }

  /** The one that travels with a request; HAPI's own housekeeping has no request. */
  public static Optional<Application> of(RequestDetails request) {
    return request == null
        ? Optional.empty()
        : Optional.ofNullable((Application) request.getUserData().get(KEY));
  }
}
