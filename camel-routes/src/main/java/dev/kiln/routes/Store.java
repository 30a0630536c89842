package dev.kiln.routes;

import ca.uhn.fhir.repository.IRepository;
import org.hl7.fhir.r4.model.Bundle;

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
   * Applies one transaction Bundle, whole or not at all.
   *
   * @param message the message that the Bundle came from
   * @return the transaction's response
   * @throws RuntimeException of HAPI's kinds where the store refuses the Bundle or is out of reach
   */
  Bundle apply(Bundle transaction, MessageId message);
}
