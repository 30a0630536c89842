package dev.kiln.bench.hub;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads everything that a hub holds, through its FHIR API. */
public final class FhirReader {

  /** Decimals keep their precision, which FHIR says is part of the value. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final Api api;

  FhirReader(Api api) {
    this.api = api;
  }

  /**
   * All versions of all resources that were written since then. Deletions are left out, since no
   * message deletes.
   */
  public List<JsonNode> versions(Instant since) throws IOException, InterruptedException {
    List<JsonNode> versions = new ArrayList<>();
    for (String page = "/fhir/_history?_count=500&_since=" + since; page != null; ) {
      HttpResponse<String> answer = api.get(page);
      if (answer.statusCode() != 200) {
        throw new IOException("GET " + page + " was answered with " + answer.statusCode());
      }
      JsonNode bundle = JSON.readTree(answer.body());
      bundle.path("entry").findValues("resource").forEach(versions::add);
      page = null;
      for (JsonNode link : bundle.path("link")) {
        if (link.path("relation").asText().equals("next")) {
          page = link.path("url").asText();
        }
      }
    }
    return versions;
  }
}
