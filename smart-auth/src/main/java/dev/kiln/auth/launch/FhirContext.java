package dev.kiln.auth.launch;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The rules for {@code fhirContext} (SMART App Launch 2.2, "fhirContext"). */
final class FhirContext {

  private static final Pattern RELATIVE = Pattern.compile("([A-Z][A-Za-z]+)/[A-Za-z0-9\\-.]{1,64}");

  private FhirContext() {}

  /**
   * @throws IllegalArgumentException with the reason
   */
  static void check(List<Map<String, Object>> items) {
    items.forEach(FhirContext::check);
  }

  private static void check(Map<String, Object> item) {
    Object reference = item.get("reference");
    Object canonical = item.get("canonical");
    Object identifier = item.get("identifier");
    demand(
        reference != null || canonical != null || identifier != null,
        "An item of fhirContext has a reference, a canonical or an identifier");
    if (reference != null) {
      demand(
          reference instanceof String text && RELATIVE.matcher(text).matches(),
          "A reference of fhirContext is relative");
      boolean isPlain = item.get("role") == null || "launch".equals(item.get("role"));
      demand(
          !isPlain
              || !((String) reference).startsWith("Patient/")
                  && !((String) reference).startsWith("Encounter/"),
          "Patient and encounter are context of their own unless they have another role");
    }
    demand(
        canonical == null || canonical instanceof String text && text.contains(":"),
        "A canonical of fhirContext is absolute");
    demand(identifier == null || identifier instanceof Map, "An identifier is an object");
    demand(
        item.get("role") == null || item.get("role") instanceof String role && !role.isBlank(),
        "A role is not empty");
  }

  private static void demand(boolean isSo, String reason) {
    if (!isSo) {
      throw new IllegalArgumentException(reason);
    }
  }
}
