package dev.kiln.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kiln.bench.hub.HubUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each kind of request for a second, on the hub that the build has just packaged: too short for
 * numbers, long enough to see that all are answered as they should. {@code ./kiln bench auth}
 * measures.
 */
class AuthIT {

  private static final Path HUB = Path.of("../hub/target/kiln.jar");

  @Test
  void everyRequestIsAnswered(@TempDir Path folder) throws Exception {
    assertThat(Files.exists(HUB)).as("the hub is packaged: mvn -pl hub,bench -am verify").isTrue();
    Report report = new Auth(HUB, folder, HubUnderTest.SHORT_LIVED, new Auth.Size(1, 1), 1).run();
    System.out.println(report.text());
    assertThat(report.isSound()).as(report.text()).isTrue();
    JsonNode facts = new ObjectMapper().readTree(report.json());
    assertThat(facts.path("tokens")).hasSize(4);
    assertThat(facts.findValues("perSecond"))
        .hasSize(8)
        .allSatisfy(perSecond -> assertThat(perSecond.asDouble()).isPositive());
    assertThat(facts.at("/reads/ratio").asDouble()).isPositive();
  }
}
