package dev.kiln.fhir;

/**
 * Says in one line why the server cannot start and what the operator can do about it. The cause
 * decides the exit code of the process, so that scripts can tell a refused data folder from a
 * database that is down.
 */
public class CannotStart extends RuntimeException {

  /** What kept the server from starting. */
  public enum Cause {
    /** PostgreSQL does not answer. */
    DATABASE_DOWN,
    /** PostgreSQL answers and refuses the credentials. */
    DATABASE_LOGIN,
    /** No room on the disk that holds the data folder. */
    DISK_FULL,
    /** The data was written by another PostgreSQL major or by a newer Kiln, or is in use. */
    DATA_REFUSED
  }

  private final Cause kind;
  private final String remedy;

  /**
   * @param kind decides the exit code
   * @param what one sentence on what is wrong
   * @param remedy one sentence on what to do
   */
  public CannotStart(Cause kind, String what, String remedy) {
    super(what);
    this.kind = kind;
    this.remedy = remedy;
  }

  public Cause kind() {
    return kind;
  }

  public String remedy() {
    return remedy;
  }
}
