package dev.kiln.routes;

import ca.uhn.fhir.repository.IRepository;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * The FHIR store as the routes see it. The hub binds it, in process or over HTTP; the routes never
 * learn which.
 */
public interface Store {

  /**
   * What the store holds, read with the rights of the system.
   *
   * @param source names the caller in the audit log, for example {@code sink}
   * @return a fresh repository, since HAPI's freezes one request in itself
   */
  IRepository asSystem(String source);

  /**
   * References of the stored resources that the identifiers of this one lead to, in the order of
   * those identifiers, each once. Only patients and visits are known by identifiers; those of a
   * visit count within its patient.
   */
  List<String> knownAs(Resource told);

  /** What each source last said, as {@link Application} gave it: by resource, by source. */
  Map<String, Map<String, String>> tellings(Collection<String> resources);

  /** What came of a message's run, where it has been applied. */
  Optional<Applied> applied(MessageId message, int run);

  /**
   * Applies one transaction Bundle, whole or not at all, and at most once in each run.
   *
   * @return the versions that came into being, for example {@code Patient/1/_history/2}
   * @throws RuntimeException of HAPI's kinds where the store refuses the Bundle or is out of reach
   */
  List<String> apply(Bundle transaction, Application application);

  /**
   * Makes one patient of two, unless that has been done before.
   *
   * @param merged reference of the patient that goes
   * @param survivor reference of the patient that stays
   * @param message on whose behalf
   */
  void merge(String merged, String survivor, MessageId message);

  /**
   * One message being applied; all of it is committed together with the Bundle.
   *
   * @param run counts the replays of the message, from 0
   * @param tellings what the message's source has said by now, in the sink's own form: by resource,
   *     by source
   * @param rivals resources that share an identifier with the message's and have not been chosen:
   *     who else claims one meanwhile makes the transaction fail
   * @param created resources of which no message has told yet: where one has told meanwhile, the
   *     transaction fails, since nothing was merged with it
   * @param outcome what {@link Applied} tells later
   */
  record Application(
      MessageId message,
      int run,
      Map<String, Map<String, String>> tellings,
      Set<String> rivals,
      Set<String> created,
      String outcome) {}

  /**
   * @param written the versions that came into being
   * @param outcome as the application gave it
   */
  record Applied(List<String> written, String outcome) {}
}
