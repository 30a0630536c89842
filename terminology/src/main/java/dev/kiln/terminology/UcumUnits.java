package dev.kiln.terminology;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;

/**
 * The grammar of the Unified Code for Units of Measure: many units claim to be written in it and
 * are not.
 */
public final class UcumUnits {

  /** The parser recurses with each factor, and the store indexes no longer code. */
  private static final int LONGEST = 100;

  private final UcumEssenceService service;

  private UcumUnits(UcumEssenceService service) {
    this.service = service;
  }

  static UcumUnits bundled() {
    try (InputStream units = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
      return new UcumUnits(new UcumEssenceService(units));
    } catch (UcumException e) {
      throw new IllegalStateException("The units of UCUM are broken", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The units of UCUM cannot be read", e);
    }
  }

  public boolean isUnit(String code) {
    return code.length() <= LONGEST && service.validate(code) == null;
  }
}
