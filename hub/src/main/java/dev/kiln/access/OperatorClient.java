package dev.kiln.access;

/**
 * The client of whoever runs this hub. It alone may ask for what is not FHIR, however wide the
 * scopes of others are, and it is not kept waiting: its loads and drills come from the machine
 * itself.
 *
 * @param id as its tokens name it
 */
public record OperatorClient(String id) {

  public boolean is(String clientId) {
    return id.equals(clientId);
  }
}
