package dev.kiln.ops;

import dev.kiln.fhir.CannotStart;
import dev.kiln.routes.settings.WrongAlerts;
import dev.kiln.routes.settings.WrongKey;
import dev.kiln.routes.settings.WrongListener;
import dev.kiln.routes.settings.WrongSite;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/**
 * One line on why the process could not start and what to do, and the exit code by cause. The codes
 * are documented in docs/operations.md.
 */
public record StartFailure(int exitCode, String line) {

  /** Anything that has no code of its own. */
  static final int OTHER = 1;

  static final int PORT_TAKEN = 4;
  static final int DATA_REFUSED = 8;
  static final int CONFIGURATION = 9;

  /** Explains the failure by the cause that is best known. */
  public static StartFailure of(Throwable failure) {
    Optional<CannotStart> told = cause(failure, CannotStart.class);
    if (told.isPresent()) {
      return new StartFailure(
          code(told.get().kind()), told.get().getMessage() + " " + told.get().remedy());
    }
    Optional<PortInUseException> port = cause(failure, PortInUseException.class);
    if (port.isPresent()) {
      return new StartFailure(
          PORT_TAKEN,
          "Port "
              + port.get().getPort()
              + " is taken by another program."
              + " Stop that one, or set kiln.port, kiln.routes.mllp.port or the port of that"
              + " listener (kiln.routes.listeners) to a free one.");
    }
    if (cause(failure, FlywayValidateException.class).isPresent()) {
      return new StartFailure(
          DATA_REFUSED,
          "The data was written by a newer Kiln."
              + " Start that newer Kiln on it, or restore a backup made with this one.");
    }
    Optional<WrongKey> key = cause(failure, WrongKey.class);
    if (key.isPresent()) {
      return new StartFailure(
          DATA_REFUSED, key.get().getMessage() + " See docs/operations.md, \"Sealed messages\".");
    }
    Optional<BindException> setting = cause(failure, BindException.class);
    if (setting.isPresent()) {
      return new StartFailure(
          CONFIGURATION,
          "The setting "
              + setting.get().getName()
              + " is wrong: "
              + ExceptionUtils.getRootCause(failure).getMessage().lines().findFirst().orElse("")
              + " See docs/configuration.md.");
    }
    Optional<WrongSite> site = cause(failure, WrongSite.class);
    if (site.isPresent()) {
      return new StartFailure(
          CONFIGURATION,
          "A site profile is wrong: " + site.get().getMessage() + " See docs/hl7v2.md.");
    }
    Optional<WrongListener> listener = cause(failure, WrongListener.class);
    if (listener.isPresent()) {
      return new StartFailure(
          CONFIGURATION,
          "A listener is set wrong: " + listener.get().getMessage() + " See docs/operations.md.");
    }
    Optional<WrongAlerts> alerts = cause(failure, WrongAlerts.class);
    if (alerts.isPresent()) {
      return new StartFailure(
          CONFIGURATION,
          "Alerts are set wrong: " + alerts.get().getMessage() + " See docs/operations.md.");
    }
    Throwable root = ExceptionUtils.getRootCause(failure);
    return new StartFailure(
        OTHER,
        "Kiln did not start: "
            + (root == null ? failure : root).getClass().getSimpleName()
            + ": "
            + String.valueOf((root == null ? failure : root).getMessage())
                .lines()
                .findFirst()
                .orElse("")
            + " The log has the whole story.");
  }

  private static int code(CannotStart.Cause cause) {
    return switch (cause) {
      case DATABASE_DOWN -> 5;
      case DATABASE_LOGIN -> 6;
      case DISK_FULL -> 7;
      case DATA_REFUSED -> DATA_REFUSED;
    };
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
    return ExceptionUtils.getThrowableList(failure).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }
}
