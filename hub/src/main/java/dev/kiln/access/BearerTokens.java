package dev.kiln.access;

import dev.kiln.fhir.access.Caller;
import java.util.Optional;

/** The tokens that open the API, whoever has issued them. */
@FunctionalInterface
public interface BearerTokens {

  /**
   * On whose behalf a token speaks, at this moment.
   *
   * @return empty where it is none, or has ended, or has been revoked
   */
  Optional<Caller> caller(String token);
}
