package dev.kiln.fhir;

/**
 * Where PostgreSQL answers, whether embedded or given by the operator.
 *
 * @param url JDBC URL without credentials
 * @param user the role that owns Kiln's schemas
 * @param password that role's password; never logged
 */
public record Database(String url, String user, String password) {

  /** Leaves the password out, so that a logged record tells nobody anything. */
  @Override
  public String toString() {
    return "Database[url=" + url + ", user=" + user + "]";
  }
}
