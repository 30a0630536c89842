package dev.kiln.routes.hl7v2.site;

import dev.kiln.routes.settings.WrongSite;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Coding;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one profile. What is wrong in it is told with the line that it stands in. */
final class SiteProfileText {

  private static final String UNREADABLE = "cannot be read as YAML in UTF-8";

  private static final Set<String> KEYS =
      Set.of(
          "application",
          "facility",
          "source",
          "time-zone",
          "charset",
          "force-charset",
          "authorities",
          "coding-systems",
          "fields");
  private static final Set<String> FIELD_KEYS =
      Set.of("extension", "of", "observation", "display", "as");
  private static final String HEADER = "MSH|^~\\&|0Az#$[]{}@`";
  private static final Pattern FIELD =
      Pattern.compile("(Z[A-Z0-9]{2})-([1-9][0-9]{0,2})(?:\\.([1-9][0-9]?))?");

  private final String file;
  private final String text;

  /**
   * @param file that it stands in; empty where it is not in a file yet
   */
  SiteProfileText(String file, String text) {
    this.file = file;
    this.text = text;
  }

  static SiteProfileText in(Path file) {
    try {
      return new SiteProfileText(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new WrongSite(file.toString(), 1, UNREADABLE);
    }
  }

  String text() {
    return text;
  }

  SiteProfile read() {
    Map<String, Node> keys = entries(document(), KEYS);
    return new SiteProfile(
        text(keys.get("application")),
        text(keys.get("facility")),
        text(keys.get("source")),
        zone(keys.get("time-zone")),
        charset(keys.get("charset")),
        charset(keys.get("force-charset")),
        uris(keys.get("authorities")),
        uris(keys.get("coding-systems")),
        fields(keys.get("fields")));
  }

  private Node document() {
    try {
      // Only the tree, which no object of a foreign class can come from.
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (root == null) {
        throw new WrongSite(file, 1, "the profile is empty");
      }
      return root;
    } catch (MarkedYAMLException e) {
      throw new WrongSite(file, e.getProblemMark().getLine() + 1, e.getProblem());
    } catch (YAMLException e) {
      throw new WrongSite(file, 1, UNREADABLE);
    }
  }

  private ZoneId zone(Node node) {
    try {
      return node == null ? null : ZoneId.of(text(node));
    } catch (DateTimeException e) {
      throw wrong(node, "there is no time zone " + text(node));
    }
  }

  /** The header is read and the answer written in it as well, so that ASCII must stay ASCII. */
  private Charset charset(Node node) {
    if (node == null) {
      return null;
    }
    Charset charset;
    try {
      charset = Charset.forName(text(node));
    } catch (IllegalArgumentException e) {
      throw wrong(
          node,
          "there is no character set " + text(node) + ", as windows-1252, ISO-8859-1 or UTF-8 are");
    }
    if (!charset.canEncode()
        || !Arrays.equals(HEADER.getBytes(charset), HEADER.getBytes(StandardCharsets.US_ASCII))) {
      throw wrong(node, text(node) + " is no character set for messages, which begin in ASCII");
    }
    return charset;
  }

  private Map<String, String> uris(Node node) {
    Map<String, String> uris = new LinkedHashMap<>();
    if (node != null) {
      entries(node, Set.of()).forEach((name, uri) -> uris.put(name, uri(uri)));
    }
    return Map.copyOf(uris);
  }

  private String uri(Node node) {
    String uri = text(node);
    if (!isAbsolute(uri)) {
      throw wrong(node, uri + " is not an absolute URI");
    }
    return uri;
  }

  private static boolean isAbsolute(String uri) {
    try {
      return new URI(uri).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private List<SiteField> fields(Node node) {
    List<SiteField> fields = new ArrayList<>();
    if (node != null) {
      for (NodeTuple entry : mapping(node).getValue()) {
        fields.add(field(entry.getKeyNode(), entry.getValueNode()));
      }
    }
    return List.copyOf(fields);
  }

  private SiteField field(Node name, Node meaning) {
    Matcher place = FIELD.matcher(text(name));
    if (!place.matches()) {
      throw wrong(name, text(name) + " is not a field of a Z segment, such as ZPI-3 or ZPI-3.2");
    }
    Map<String, Node> keys = entries(meaning, FIELD_KEYS);
    int component = place.group(3) == null ? 0 : Integer.parseInt(place.group(3));
    SiteField.Kind kind = kind(keys.get("as"));
    if (component > 0 && (kind == SiteField.Kind.DATE || kind == SiteField.Kind.CONCEPT)) {
      throw wrong(name, "a date or concept is a whole field and no component");
    }
    boolean extension = keys.containsKey("extension") && keys.containsKey("of");
    if (extension == keys.containsKey("observation")
        || extension != (keys.containsKey("extension") || keys.containsKey("of"))) {
      throw wrong(meaning, "either extension and of, or observation");
    }
    return new SiteField(
        place.group(1),
        Integer.parseInt(place.group(2)),
        component,
        kind,
        extension ? uri(keys.get("extension")) : null,
        extension ? resource(keys.get("of")) : null,
        extension ? null : coding(keys.get("observation"), text(keys.get("display"))));
  }

  private SiteField.Kind kind(Node node) {
    try {
      return node == null
          ? SiteField.Kind.STRING
          : SiteField.Kind.valueOf(text(node).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong(node, text(node) + " is none of string, boolean, date and concept");
    }
  }

  private String resource(Node node) {
    if (!Set.of("Patient", "Encounter").contains(text(node))) {
      throw wrong(node, text(node) + " is neither Patient nor Encounter");
    }
    return text(node);
  }

  private Coding coding(Node node, String display) {
    String[] parts = text(node).split("\\|", -1);
    if (parts.length != 2 || !isAbsolute(parts[0]) || parts[1].isBlank()) {
      throw wrong(node, text(node) + " is not a code such as http://loinc.org|72166-2");
    }
    return new Coding(parts[0], parts[1], display);
  }

  /**
   * @param allowed empty where any key is
   */
  private Map<String, Node> entries(Node node, Set<String> allowed) {
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping(node).getValue()) {
      String key = text(entry.getKeyNode());
      if (!allowed.isEmpty() && !allowed.contains(key)) {
        throw wrong(entry.getKeyNode(), "there is no setting " + key);
      }
      if (entries.put(key, entry.getValueNode()) != null) {
        throw wrong(entry.getKeyNode(), key + " is said twice");
      }
    }
    return entries;
  }

  private MappingNode mapping(Node node) {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw wrong(node, "settings are expected here, each as name: value");
  }

  private String text(Node node) {
    if (node == null) {
      return null;
    }
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    throw wrong(node, "a text is expected here");
  }

  private WrongSite wrong(Node node, String what) {
    return new WrongSite(file, node.getStartMark().getLine() + 1, what);
  }
}
