package dev.kiln.fhir.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Http;
import dev.kiln.Http.Answer;
import dev.kiln.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example data is valid, whole, and can be loaded twice. */
class ExamplesIT {

  @Test
  void loadTwice() throws IOException {
    Http fhir = RunningHub.get().http();
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("../examples/patients"))) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(22);
    for (Path file : files) {
      Answer answer = fhir.post("/fhir", Files.readString(file));
      assertThat(answer.status()).as(file + answer.text()).isEqualTo(200);
      answer
          .json()
          .path("entry")
          .forEach(entry -> assertThat(entry.at("/response/status").asText()).startsWith("201"));
    }
    Answer again = fhir.post("/fhir", Files.readString(files.get(1)));
    again
        .json()
        .path("entry")
        .forEach(entry -> assertThat(entry.at("/response/etag").asText()).isEqualTo("1"));
    assertThat(
            fhir.get("/fhir/Patient?identifier=urn:oid:2.999.1.1%7C").json().path("total").asInt())
        .isEqualTo(20);
  }
}
