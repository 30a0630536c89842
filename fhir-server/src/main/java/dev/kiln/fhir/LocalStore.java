package dev.kiln.fhir;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.repository.HapiFhirRepository;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import dev.kiln.fhir.identity.IdentityAliases;
import dev.kiln.fhir.identity.PatientMerge;
import dev.kiln.fhir.ledger.Ledger;
import dev.kiln.fhir.validation.WriteValidation;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The FHIR store for callers in the same process. They get the same storage hooks as those that
 * come through the servlet.
 */
public class LocalStore {

  private final DaoRegistry daos;
  private final IFhirSystemDao<Bundle, ?> system;
  private final TransactionTemplate transactions;
  private final EntityManager entities;
  private final Supplier<RestfulServer> server;
  private final Ledger ledger;
  private final IdentityAliases aliases;
  private final PatientMerge merge;

  LocalStore(
      DaoRegistry daos,
      IFhirSystemDao<Bundle, ?> system,
      TransactionTemplate transactions,
      EntityManager entities,
      Supplier<RestfulServer> server,
      Ledger ledger,
      IdentityAliases aliases,
      PatientMerge merge) {
    this.daos = daos;
    this.system = system;
    this.transactions = transactions;
    this.entities = entities;
    this.server = server;
    this.ledger = ledger;
    this.aliases = aliases;
    this.merge = merge;
  }

  /**
   * A fresh repository with the rights of the system: HAPI's freezes the request that it is made
   * with.
   *
   * @param source names the caller, as {@code meta.source} of what it writes
   */
  public IRepository asSystem(String source) {
    SystemRequestDetails request = new SystemRequestDetails();
    request.setRequestId(source);
    return new HapiFhirRepository(daos, request, server.get());
  }

  /** What each message source last said: by resource reference, by source. */
  public Map<String, Map<String, String>> tellings(Collection<String> resources) {
    return ledger.tellings(resources);
  }

  /**
   * References of the stored resources that the identifiers of this one lead to, each once. Only
   * patients and visits are known by identifiers.
   */
  public List<String> knownAs(Resource told) {
    return aliases.knownAs(told).stream().map(id -> told.fhirType() + "/" + id).toList();
  }

  /**
   * What came of a message's run, where it has been applied.
   *
   * @param written versions that came into being, for example {@code Patient/1/_history/2}
   * @param outcome as the application said it
   */
  public record Applied(List<String> written, String outcome) {}

  /** What came of a message's run, where it has been applied. */
  public Optional<Applied> applied(UUID message, int run) {
    return ledger
        .applied(message, run)
        .map(applied -> new Applied(applied.written(), applied.outcome()));
  }

  /**
   * Applies a transaction that one of Kiln's own translators made, whole or not at all, and at most
   * once. No transaction may be open on the calling thread.
   *
   * @return the versions that came into being
   * @throws ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException where somebody else
   *     was faster, also with this very message
   */
  public List<String> apply(Bundle transaction, Application application) {
    SystemRequestDetails request = asTranslator(application.message().toString());
    application.attachTo(request);
    system.transaction(request, transaction);
    return application.written();
  }

  /**
   * Makes one patient of two, unless that has been done before.
   *
   * @param merged reference of the patient that goes
   * @param survivor reference of the patient that stays
   * @param requestId names the call in logs and in {@code meta.source}
   */
  public void merge(String merged, String survivor, String requestId) {
    merge.merge(merged, survivor, asTranslator(requestId));
  }

  private static SystemRequestDetails asTranslator(String requestId) {
    SystemRequestDetails request = new SystemRequestDetails();
    request.setRequestId(requestId);
    request.getUserData().put(WriteValidation.PROVEN, true);
    return request;
  }

  /**
   * Proves that the store writes, reads and searches, and leaves nothing behind: all three happen
   * in one transaction that is rolled back.
   *
   * @throws RuntimeException where one of them does not answer
   */
  public void prove() {
    transactions.executeWithoutResult(
        status -> {
          status.setRollbackOnly();
          SystemRequestDetails request = new SystemRequestDetails();
          request.getUserData().put(WriteValidation.PROVEN, true);
          IFhirResourceDao<Basic> dao = daos.getResourceDao(Basic.class);
          Basic probe = new Basic();
          probe.setCode(new CodeableConcept().setText("probe"));
          IIdType id = dao.create(probe, request).getId().toUnqualifiedVersionless();
          entities.flush();
          dao.read(id, request);
          SearchParameterMap query =
              SearchParameterMap.newSynchronous("_id", new TokenParam(id.getIdPart()));
          List<IBaseResource> found = dao.search(query, request).getAllResources();
          if (found.size() != 1) {
            throw new IllegalStateException("The store did not find what it had just written");
          }
        });
  }
}
