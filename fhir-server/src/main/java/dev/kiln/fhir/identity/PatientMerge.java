package dev.kiln.fhir.identity;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.provider.merge.MergeOperationOutcome;
import ca.uhn.fhir.jpa.provider.merge.MergeOperationParametersUtil;
import ca.uhn.fhir.jpa.provider.merge.ResourceMergeService;
import ca.uhn.fhir.model.api.IProvenanceAgent;
import ca.uhn.fhir.model.api.ProvenanceAgent;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Reference;

/**
 * Makes one patient of two by HAPI's {@code $merge}: everything that points to the one that goes
 * points to the survivor afterwards, and the one that goes stays as an inactive record with a link.
 * HAPI does it in two transactions, so that it may be asked again after a crash in between.
 */
public final class PatientMerge {

  /** Above it HAPI refuses to do it at once; one patient does not have as many resources. */
  private static final int MOST_RESOURCES = 1_000_000;

  private final FhirContext r4;
  private final IFhirResourceDao<Patient> patients;
  private final ResourceMergeService service;

  public PatientMerge(
      FhirContext r4, IFhirResourceDao<Patient> patients, ResourceMergeService service) {
    this.r4 = r4;
    this.patients = patients;
    this.service = service;
  }

  /**
   * Merges, unless that has been done before. A patient that has been merged away already stands
   * for the one that took its place.
   *
   * @param merged reference of the patient that goes
   * @param survivor reference of the patient that stays
   * @throws BaseServerResponseException where HAPI refuses
   */
  public void merge(String merged, String survivor, RequestDetails request) {
    Patient source = current(merged);
    Patient target = current(survivor);
    if (source.getIdElement().getIdPart().equals(target.getIdElement().getIdPart())) {
      return;
    }
    if (!source.hasActive()) {
      // HAPI marks as inactive only what says of itself that it is active.
      source.setActive(true);
      patients.update(source, request);
    }
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("source-patient").setValue(reference(source));
    parameters.addParameter().setName("target-patient").setValue(reference(target));
    IProvenanceAgent agent =
        new ProvenanceAgent().setWho(new Reference().setDisplay("Kiln, on behalf of a message"));
    // HAPI learns from the request which type it is asked to merge.
    request.setResourceName("Patient");
    MergeOperationOutcome outcome =
        service.merge(
            MergeOperationParametersUtil.inputParamsFromParameters(
                r4, parameters, MOST_RESOURCES, List.of(agent)),
            request);
    if (outcome.getHttpStatusCode() != 200) {
      OperationOutcome told = (OperationOutcome) outcome.getOperationOutcome();
      throw BaseServerResponseException.newInstance(
          outcome.getHttpStatusCode(),
          "The patients cannot be merged: " + told.getIssueFirstRep().getDiagnostics());
    }
  }

  /** The patient, or who has taken its place. */
  private Patient current(String reference) {
    Patient patient = patients.read(new IdType(reference), new SystemRequestDetails());
    return patient.getLink().stream()
        .filter(link -> link.getType() == LinkType.REPLACEDBY)
        .map(link -> link.getOther().getReferenceElement().toUnqualifiedVersionless().getValue())
        .findFirst()
        .map(this::current)
        .orElse(patient);
  }

  private static Reference reference(Patient patient) {
    return new Reference(patient.getIdElement().toUnqualifiedVersionless().getValue());
  }
}
