package dev.kiln.bench.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kiln.bench.feed.Message.Effect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store of one patient, of whom three ADT messages and one result have told. */
class ExaminationTest {

  private final List<Effect> told =
      List.of(
          new Effect("P1", "V1", "1 Lane", false),
          new Effect("P1", "V1", "2 Lane", false),
          new Effect("P1", "V1", "F3", true),
          new Effect("P1", "V1", "4 Lane", false));

  private final List<JsonNode> store = new ArrayList<>();

  @BeforeEach
  void everythingIsThereOnce() {
    patient("a", 1, "1 Lane");
    patient("a", 2, "2 Lane");
    patient("a", 3, "4 Lane");
    resource(
        "{'resourceType':'Encounter','id':'e','meta':{'versionId':'1'},'identifier':[{'value':'V1'}]}");
    report("r", "F3");
    observation("o", 1);
    provenance("p1", "m1", "Patient/a");
    provenance("p2", "m2", "Patient/a");
    provenance("p3", "m3", "Patient/a", "DiagnosticReport/r");
    provenance("p4", "m4", "Patient/a");
  }

  @Test
  void whatIsThereOnceAndInOrderIsSound() {
    assertThat(verdict().isSound()).as(verdict().toString()).isTrue();
  }

  @Test
  void othersResourcesAreLeftAside() {
    resource(
        "{'resourceType':'Patient','id':'z','meta':{'versionId':'1'},'identifier':[{'value':'P9'}]}");
    resource(
        "{'resourceType':'Observation','id':'y','meta':{'versionId':'1'},'subject':{'reference':'Patient/z'}}");
    provenance("p9", "m9", "Patient/z");
    assertThat(verdict().isSound()).as(verdict().toString()).isTrue();
  }

  @Test
  void aMissingMessageIsLostOnce() {
    store.removeIf(one -> one.toString().contains("2 Lane") || one.toString().contains("\"m2\""));
    assertThat(verdict()).extracting("lost", "doubled", "outOfOrder").containsExactly(1, 0, 0);
  }

  @Test
  void aMissingResultIsLostOnce() {
    store.removeIf(
        one ->
            List.of("DiagnosticReport", "Observation").contains(one.path("resourceType").asText())
                || one.path("id").asText().equals("p3"));
    assertThat(verdict()).extracting("lost", "doubled", "outOfOrder").containsExactly(1, 0, 0);
  }

  @Test
  void aMissingProvenanceIsALostMessage() {
    store.removeIf(one -> one.toString().contains("\"m4\""));
    assertThat(verdict()).extracting("lost", "doubled", "outOfOrder").containsExactly(1, 0, 0);
  }

  @Test
  void anEarlierWordAfterALaterOneIsDoubledAndOutOfOrder() {
    patient("a", 4, "2 Lane");
    assertThat(verdict()).extracting("lost", "doubled", "outOfOrder").containsExactly(0, 1, 1);
  }

  @Test
  void exchangedWordsAreOutOfOrder() {
    store.removeIf(one -> one.toString().contains("Lane"));
    patient("a", 1, "1 Lane");
    patient("a", 2, "4 Lane");
    patient("a", 3, "2 Lane");
    assertThat(verdict()).extracting("lost", "doubled", "outOfOrder").containsExactly(0, 0, 1);
  }

  @Test
  void everythingTwiceIsDoubled() {
    provenance("p5", "m5", "Patient/a");
    assertThat(verdict().doubled()).isEqualTo(1);
    observation("o", 2);
    assertThat(verdict().doubled()).isEqualTo(2);
    observation("o2", 1);
    assertThat(verdict().doubled()).isEqualTo(3);
    report("r2", "F3");
    assertThat(verdict().doubled()).isEqualTo(4);
    patient("a", 4, "nobody told");
    assertThat(verdict().doubled()).isEqualTo(5);
    provenance("p5", "m4", "Patient/a");
    assertThat(verdict().doubled()).isGreaterThan(5);
    assertThat(verdict()).extracting("lost", "outOfOrder").containsExactly(0, 0);
  }

  private Verdict verdict() {
    return Examination.ofEffects(told, store);
  }

  private void patient(String id, int version, String address) {
    resource(
        "{'resourceType':'Patient','id':'%s','meta':{'versionId':'%d'},'identifier':[{'value':'P1'}],'address':[{'line':['%s']}]}"
            .formatted(id, version, address));
  }

  private void report(String id, String order) {
    resource(
        "{'resourceType':'DiagnosticReport','id':'%s','meta':{'versionId':'1'},'identifier':[{'value':'%s'}],'result':[{'reference':'Observation/o'}]}"
            .formatted(id, order));
  }

  private void observation(String id, int version) {
    resource(
        "{'resourceType':'Observation','id':'%s','meta':{'versionId':'%d'},'subject':{'reference':'Patient/a'}}"
            .formatted(id, version));
  }

  private void provenance(String id, String message, String... targets) {
    StringBuilder references = new StringBuilder();
    for (String target : targets) {
      references.append(references.isEmpty() ? "" : ",");
      references.append("{'reference':'").append(target).append("'}");
    }
    resource(
        "{'resourceType':'Provenance','id':'%s','meta':{'versionId':'1'},'target':[%s],'entity':[{'what':{'identifier':{'value':'%s'}}}]}"
            .formatted(id, references, message));
  }

  private void resource(String text) {
    store.add(SnapshotTest.json(text.replace('\'', '"')));
  }
}
