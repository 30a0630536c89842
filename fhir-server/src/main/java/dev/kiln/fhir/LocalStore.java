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
import dev.kiln.fhir.validation.WriteValidation;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
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
  private final RestfulServer server;

  LocalStore(
      DaoRegistry daos,
      IFhirSystemDao<Bundle, ?> system,
      TransactionTemplate transactions,
      EntityManager entities,
      RestfulServer server) {
    this.daos = daos;
    this.system = system;
    this.transactions = transactions;
    this.entities = entities;
    this.server = server;
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
    return new HapiFhirRepository(daos, request, server);
  }

  /**
   * Applies a transaction that one of Kiln's own translators made, whole or not at all. No
   * transaction may be open on the calling thread.
   *
   * @param requestId names the call in logs and in {@code meta.source}
   */
  public Bundle apply(Bundle transaction, String requestId) {
    SystemRequestDetails request = new SystemRequestDetails();
    request.setRequestId(requestId);
    request.getUserData().put(WriteValidation.PROVEN, true);
    return system.transaction(request, transaction);
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
