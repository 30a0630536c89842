package dev.kiln.ops;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.validation.FhirValidator;
import java.lang.management.ManagementFactory;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Loads FHIR's definitions into the validator after the start, so that the first client does not
 * wait for them. Until then the server answers, only slowly; "ready" and "warm" are therefore told
 * apart.
 */
final class WarmUp implements ApplicationListener<ApplicationReadyEvent>, HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

  private final FhirValidator validator;
  private final Readiness readiness;
  private volatile double warmAfter;

  WarmUp(FhirValidator validator, Readiness readiness) {
    this.validator = validator;
    this.readiness = readiness;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    readiness.health();
    log.info("Ready after {} s", sinceStart());
    Thread thread = new Thread(this::warm, "warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private void warm() {
    try {
      Patient patient = new Patient();
      patient.addName().setFamily("warm-up");
      validator.validateWithResult(patient);
      Observation observation = new Observation();
      observation.setStatus(ObservationStatus.FINAL);
      observation.setCode(new CodeableConcept().setText("warm-up"));
      observation.setValue(new StringType("warm-up"));
      observation.setIssued(new Date());
      validator.validateWithResult(
          FhirContext.forR4Cached().newJsonParser().encodeResourceToString(observation));
      warmAfter = sinceStart();
      log.info("Warm after {} s", warmAfter);
    } catch (RuntimeException e) {
      log.error("The warm-up failed: the first requests will be slow", e);
    }
  }

  /** Up when warm; the detail says after how many seconds that was. */
  @Override
  public Health health() {
    return warmAfter > 0
        ? Health.up().withDetail("seconds", warmAfter).build()
        : Health.outOfService().build();
  }

  private static double sinceStart() {
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return Math.round(millis / 100.0) / 10.0;
  }
}
