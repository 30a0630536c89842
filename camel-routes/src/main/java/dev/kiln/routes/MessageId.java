package dev.kiln.routes;

import java.util.UUID;

/**
 * Names one received message for as long as Kiln exists: in the inbox, in its Provenance and in
 * every log line about it.
 *
 * @param value random, given when the raw bytes are committed
 */
public record MessageId(UUID value) {

  /** The identifier system under which a Provenance names its message. */
  public static final String SYSTEM = "https://kiln.dev/fhir/NamingSystem/message-id";

  @Override
  public String toString() {
    return value.toString();
  }
}
