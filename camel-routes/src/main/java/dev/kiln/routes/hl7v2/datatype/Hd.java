package dev.kiln.routes.hl7v2.datatype;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.er7.Component;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * HD, a hierarchic designator (chapter 2A): who gives identifiers out, as a URI that stays the
 * same.
 */
public final class Hd {

  private static final String AUTHORITY = "urn:kiln:authority:";

  /** With three arcs at least: what is shorter is a version number or a placeholder. */
  private static final Pattern OID = Pattern.compile("[0-2](?:\\.(?:0|[1-9][0-9]*+)){2,60}+");

  /** As 2.6.1, which HAPI's validator does not take for one either. */
  private static final int SHORTEST_OID = 6;

  /** The matcher recurses with each arc, so that an endless one must not reach it. */
  private static final int LONGEST_OID = 128;

  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private Hd() {}

  /** The URI of an authority that is one component of a field; empty where nothing names one. */
  public static String system(Component authority, MessageContext context) {
    return system(
        authority.subcomponent(1), authority.subcomponent(2), authority.subcomponent(3), context);
  }

  /**
   * The URI of an authority, as the site says it or as it says itself; empty where none is named.
   */
  public static String system(
      String namespace, String universalId, String universalIdType, MessageContext context) {
    return context
        .site()
        .authority(namespace.strip())
        .orElseGet(() -> system(namespace, universalId, universalIdType));
  }

  private static String system(String namespace, String universalId, String universalIdType) {
    String id = universalId.strip();
    String lower = id.toLowerCase(Locale.ROOT);
    String type = universalIdType.strip().toUpperCase(Locale.ROOT);
    if (isOid(id)) {
      return "urn:oid:" + id;
    }
    if (UUID.matcher(lower).matches()) {
      return "urn:uuid:" + lower;
    }
    if ((type.equals("URI") || type.equals("URL")) && isAbsolute(id)) {
      return id;
    }
    if (type.equals("DNS") && !id.isEmpty()) {
      return "urn:dns:" + encoded(lower);
    }
    // An object identifier that is none, or a scheme without URIs: the namespace is what is left to
    // go by.
    if (!namespace.isBlank()) {
      return AUTHORITY + encoded(namespace.strip());
    }
    if (id.isEmpty()) {
      return "";
    }
    return AUTHORITY + (type.isEmpty() ? "" : encoded(type) + ":") + encoded(id);
  }

  /**
   * For identifiers of which the sender does not say who gave them out. They are the sender's own:
   * another application of the same facility may count from one as well.
   */
  public static String unknown(MessageContext context) {
    return AUTHORITY + "unknown:" + encoded(context.sender());
  }

  /** For identifiers whose kind and issuer are named apart. */
  public static String issuer(String kind, String issuer) {
    return AUTHORITY + kind + ":" + encoded(issuer.strip());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static boolean isOid(String text) {
    return text.length() >= SHORTEST_OID
        && text.length() <= LONGEST_OID
        && OID.matcher(text).matches();
  }

  static boolean isAbsolute(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
