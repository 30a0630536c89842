package dev.kiln.access;

/** The origins of web pages that may call the FHIR API from a browser: those of registered apps. */
@FunctionalInterface
public interface AppOrigins {

  /**
   * @param origin as the browser sends it, for example {@code https://app.example.org}
   */
  boolean allow(String origin);
}
