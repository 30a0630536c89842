package dev.kiln.routes.settings;

/** Says in one sentence, with file and line, what is wrong in a site profile. */
public final class WrongSite extends RuntimeException {

  private final int line;
  private final String what;

  /**
   * @param file that it stands in; empty where it is not in a file yet
   */
  public WrongSite(String file, int line, String what) {
    super("%s line %d: %s.".formatted(file, line, what).strip());
    this.line = line;
    this.what = what;
  }

  /** Counted from 1. */
  public int line() {
    return line;
  }

  /** Without file and line. */
  public String what() {
    return what;
  }
}
