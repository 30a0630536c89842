package dev.kiln.routes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;

/**
 * Says of the parts of a translated resource which field of the message each came from. Translators
 * mark what they make; the sink reads the marks, since only what a message really says may change
 * what is stored, and keeps them as the trace. The marks live with the objects and are not part of
 * the resource.
 */
public final class Origin {

  private static final String FIELD = "kiln.origin";
  private static final String REMOVED = "kiln.removed";
  private static final String MENTIONED = "kiln.mentioned";

  private Origin() {}

  /**
   * Marks an element with the field that it was made from. What is not marked is the translator's
   * own filling, for example a status that FHIR wants and the message does not have; it is used
   * only where nothing is stored.
   *
   * @param path for example {@code PID-5}, {@code PID-3[2].1} or {@code OBX[4]-5}: segment with its
   *     index where it is not the first, field with its repetition where it is not the first,
   *     component
   */
  public static <T extends Base> T mark(T element, String path) {
    element.setUserData(FIELD, path);
    return element;
  }

  /** The field that this element itself is marked with; its parts may have marks of their own. */
  public static Optional<String> of(Base element) {
    return Optional.ofNullable((String) element.getUserData(FIELD));
  }

  /**
   * Says that the message asks to forget an element (the HL7 null, section 2.5.3).
   *
   * @param element its name without {@code [x]}, for example {@code birthDate}, or {@code
   *     period.end} for a part of an element that occurs once
   * @param path the field that holds the null
   */
  @SuppressWarnings("unchecked")
  public static void remove(Resource resource, String element, String path) {
    Map<String, String> removed = (Map<String, String>) resource.getUserData(REMOVED);
    if (removed == null) {
      removed = new LinkedHashMap<>();
      resource.setUserData(REMOVED, removed);
    }
    removed.put(path, element);
  }

  /** What the message asks to forget: elements by the fields that say so. */
  @SuppressWarnings("unchecked")
  public static Map<String, String> removed(Resource resource) {
    Object removed = resource.getUserData(REMOVED);
    return removed == null ? Map.of() : (Map<String, String>) removed;
  }

  /**
   * Says that the message is not about this resource and only mentions it, as a result mentions its
   * patient: such a message fills gaps and overwrites nothing.
   */
  public static <R extends Resource> R mentioned(R resource) {
    resource.setUserData(MENTIONED, true);
    return resource;
  }

  public static boolean isMentioned(Resource resource) {
    return Boolean.TRUE.equals(resource.getUserData(MENTIONED));
  }
}
