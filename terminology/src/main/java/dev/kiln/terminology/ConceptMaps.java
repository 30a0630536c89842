package dev.kiln.terminology;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;

/**
 * The concept maps that translators look codes up in, each a FHIR ConceptMap named by its id. Read
 * once, immutable, and safe for all threads.
 */
public final class ConceptMaps {

  private static final String FOLDER = "/dev/kiln/terminology/conceptmap/";

  private final Map<String, ConceptMap> maps;
  private final Map<String, Map<String, Coding>> codes;

  private ConceptMaps(Map<String, ConceptMap> maps) {
    this.maps = maps;
    this.codes = new HashMap<>();
    maps.forEach((name, map) -> codes.put(name, codes(name, map)));
  }

  /**
   * The maps that Kiln brings along.
   *
   * @throws IllegalStateException naming the file that is missing or broken
   */
  public static ConceptMaps bundled() {
    return read(file -> ConceptMaps.class.getResourceAsStream(FOLDER + file));
  }

  /** Reads {@code index.txt}, which names the other files, one a line. */
  static ConceptMaps read(Function<String, InputStream> files) {
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    parser.setParserErrorHandler(new StrictErrorHandler());
    Map<String, ConceptMap> maps = new TreeMap<>();
    text(files, "index.txt")
        .lines()
        .forEach(
            file -> {
              ConceptMap map = parse(parser, file, text(files, file));
              if (!file.equals(map.getIdPart() + ".json")
                  || maps.put(map.getIdPart(), map) != null) {
                throw new IllegalStateException(
                    "Concept map " + file + " does not have its own id");
              }
            });
    return new ConceptMaps(maps);
  }

  /**
   * What a code means in the target of a map. Where the code stands in no table as it is written,
   * its upper and lower case are not told apart.
   *
   * @throws IllegalArgumentException where there is no such map
   */
  public Optional<Coding> translate(String map, String code) {
    Map<String, Coding> targets = codes.get(map);
    if (targets == null) {
      throw new IllegalArgumentException("No concept map " + map);
    }
    Coding exact = targets.get(code);
    Coding found = exact != null ? exact : targets.get(folded(code));
    // Codings can be changed, so everybody gets their own.
    return Optional.ofNullable(found).map(Coding::copy);
  }

  /** The maps as resources, each a copy, for those who publish them. */
  public Collection<ConceptMap> all() {
    return maps.values().stream().map(ConceptMap::copy).toList();
  }

  private static Map<String, Coding> codes(String name, ConceptMap map) {
    Map<String, Coding> targets = new HashMap<>();
    Map<String, Coding> anyCase = new HashMap<>();
    for (ConceptMapGroupComponent group : map.getGroup()) {
      for (SourceElementComponent element : group.getElement()) {
        if (element.getTarget().size() != 1 || !group.hasTarget()) {
          throw new IllegalStateException(
              "Concept map " + name + " has no single target for " + element.getCode());
        }
        Coding target =
            new Coding()
                .setSystem(group.getTarget())
                .setCode(element.getTargetFirstRep().getCode())
                .setDisplay(element.getTargetFirstRep().getDisplay());
        if (targets.put(element.getCode(), target) != null) {
          throw new IllegalStateException(
              "Concept map " + name + " has " + element.getCode() + " twice");
        }
        anyCase.put(folded(element.getCode()), target);
      }
    }
    anyCase.forEach(targets::putIfAbsent);
    return targets;
  }

  /** Not a legal first character of a code, so that folded codes never hide exact ones. */
  private static String folded(String code) {
    return " " + code.toUpperCase(Locale.ROOT);
  }

  private static ConceptMap parse(IParser parser, String file, String json) {
    try {
      return parser.parseResource(ConceptMap.class, json);
    } catch (DataFormatException | ClassCastException e) {
      throw new IllegalStateException("Concept map " + file + " is broken", e);
    }
  }

  private static String text(Function<String, InputStream> files, String file) {
    try (InputStream stream = files.apply(file)) {
      if (stream == null) {
        throw new IllegalStateException("Concept map file " + file + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Concept map file " + file + " cannot be read", e);
    }
  }
}
