package dev.kiln.profiles;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.hl7.fhir.r4.model.MetadataResource;

/** Reads Kiln's own definitions from this jar. Canonical base: {@code https://kiln.dev/fhir}. */
public final class KilnProfiles {

  /**
   * Begins the system of every identifier of which a message does not say who gave it out; what
   * follows names the sender.
   */
  public static final String UNKNOWN_AUTHORITY = "urn:kiln:authority:unknown:";

  private static final List<String> FILES =
      List.of("kiln-message-provenance.json", "kiln-message-id.json");

  private KilnProfiles() {}

  /** Every definition, freshly parsed: callers may change what they get. */
  public static List<MetadataResource> all(FhirContext r4) {
    return FILES.stream().map(file -> read(r4, file)).toList();
  }

  private static MetadataResource read(FhirContext r4, String file) {
    try (InputStream in = KilnProfiles.class.getResourceAsStream(file)) {
      return (MetadataResource) r4.newJsonParser().parseResource(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
