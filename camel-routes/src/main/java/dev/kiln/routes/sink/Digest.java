package dev.kiln.routes.sink;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;

/** Tells whether two values are the same, also long after one of them is gone. */
final class Digest {

  /** Enough to tell the values of one element apart. */
  private static final int BYTES = 12;

  private Digest() {}

  /**
   * A short text that is equal for equal values. Ids of elements do not count, nor do empty
   * elements, which HAPI makes of what is only looked at and which it does not store.
   */
  static String of(Base value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    try {
      byte[] full =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(full, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static void write(Base value, StringBuilder text) {
    text.append(value.fhirType()).append('(');
    if (value.isPrimitive()) {
      String primitive = value.primitiveValue();
      // Separators inside of a value must not look like those between values.
      text.append(primitive == null ? "" : primitive.replace("\\", "\\\\").replace(")", "\\)"));
    }
    for (Property property : value.children()) {
      List<Base> parts = property.getValues().stream().filter(part -> !part.isEmpty()).toList();
      if (!parts.isEmpty() && !property.getName().equals("id")) {
        text.append(property.getName()).append('=');
        parts.forEach(part -> write(part, text));
      }
    }
    text.append(')');
  }
}
