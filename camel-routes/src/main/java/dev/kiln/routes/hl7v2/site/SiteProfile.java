package dev.kiln.routes.hl7v2.site;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is peculiar to one sender. Nulls and empty collections mean that nothing is.
 *
 * @param application MSH-3 of the messages that it is for; null for any
 * @param facility MSH-4 of the messages that it is for; null for any
 * @param source on whose behalf the messages speak; null for what MSH says
 * @param zone of times without an offset, where not even MSH-7 has one
 * @param charset of messages whose MSH-18 is empty
 * @param forcedCharset of all messages, whatever their MSH-18 says
 * @param authorities systems by the namespaces of assigning authorities
 * @param codingSystems systems by the names of coding systems
 * @param fields what becomes of the sender's own segments
 */
public record SiteProfile(
    String application,
    String facility,
    String source,
    ZoneId zone,
    Charset charset,
    Charset forcedCharset,
    Map<String, String> authorities,
    Map<String, String> codingSystems,
    List<SiteField> fields) {

  /** For senders without peculiarities. */
  public static final SiteProfile NONE =
      new SiteProfile(null, null, null, null, null, null, Map.of(), Map.of(), List.of());

  boolean isFor(String sendingApplication, String sendingFacility) {
    return (application == null || application.equals(sendingApplication))
        && (facility == null || facility.equals(sendingFacility));
  }

  /**
   * @param sender application and facility as in a receipt, {@code LAB|HOSPITAL}
   */
  public boolean isFor(String sender) {
    return application != null && facility != null
        ? sender.equals(application + "|" + facility)
        : (application == null || sender.startsWith(application + "|"))
            && (facility == null || sender.endsWith("|" + facility));
  }

  /** All systems and addresses that the site says. */
  public Set<String> uris() {
    Set<String> uris = new HashSet<>(authorities.values());
    uris.addAll(codingSystems.values());
    for (SiteField field : fields) {
      uris.add(field.extension() == null ? field.observation().getSystem() : field.extension());
    }
    return uris;
  }

  /** Whether some sender would be meant by both. */
  boolean overlaps(SiteProfile other) {
    return (application == null
            || other.application == null
            || application.equals(other.application))
        && (facility == null || other.facility == null || facility.equals(other.facility));
  }

  /** The system of an assigning authority's namespace, where the site says it. */
  public Optional<String> authority(String namespace) {
    return Optional.ofNullable(authorities.get(namespace));
  }

  /** The system of a coding system's name, where the site says it. */
  public Optional<String> codingSystem(String name) {
    return Optional.ofNullable(codingSystems.get(name));
  }
}
