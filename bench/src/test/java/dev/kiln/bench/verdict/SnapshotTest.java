package dev.kiln.bench.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  private static final String PROVENANCE =
      """
      {"resourceType":"Provenance","id":"%s","meta":{"versionId":"1"},"recorded":"%s","target":[{"reference":"%s"}],
       "entity":[{"role":"source","what":{"identifier":{"system":"s","value":"%s"}}}]}""";

  @Test
  void theOrderOfElementsAndTheTimeOfWritingMakeNoDifference() throws Exception {
    assertThat(
            snapshot(
                    "{'resourceType':'Patient','id':'1','meta':{'versionId':'1','lastUpdated':'a','source':'#x'},'gender':'male','name':[{'family':'A','use':'usual'}]}")
                .differences(
                    snapshot(
                        "{'resourceType':'Patient','name':[{'use':'usual','family':'A'}],'gender':'male','id':'1','meta':{'lastUpdated':'b','versionId':'1'}}")))
        .isEmpty();
  }

  @Test
  void everyOtherDifferenceIsToldByTypeAndElement() throws Exception {
    Snapshot one =
        snapshot(
            "{'resourceType':'Patient','id':'1','meta':{'versionId':'2'},'gender':'male'}",
            "{'resourceType':'Patient','id':'1','meta':{'versionId':'1'},'gender':'other'}",
            "{'resourceType':'Patient','id':'2','meta':{'versionId':'1'}}");
    Snapshot other =
        snapshot(
            "{'resourceType':'Patient','id':'1','meta':{'versionId':'3'},'gender':'female','active':true}",
            "{'resourceType':'Encounter','id':'3','meta':{'versionId':'1'}}");
    assertThat(one.differences(other))
        .containsOnlyKeys(
            "Patient.gender",
            "Patient.active",
            "Patient.meta.versionId",
            "Patient missing",
            "Encounter too much");
    assertThat(one.counts()).containsEntry("Patient", 2);
  }

  @Test
  void aProvenanceIsKnownByItsTargets() throws Exception {
    Snapshot one =
        snapshot(
            PROVENANCE.formatted("a", "t1", "Patient/1", "m1"),
            PROVENANCE.formatted("b", "t2", "Patient/1", "m2"));
    assertThat(
            one.differences(
                snapshot(
                    PROVENANCE.formatted("c", "t3", "Patient/1", "m3"),
                    PROVENANCE.formatted("d", "t4", "Patient/1", "m4"))))
        .isEmpty();
    assertThat(one.differences(snapshot(PROVENANCE.formatted("c", "t3", "Patient/1", "m3"))))
        .containsOnlyKeys("Provenance missing");
  }

  @Test
  void aProvenanceMayNameAnotherWhoseIdIsRandom() throws Exception {
    assertThat(
            snapshot(PROVENANCE.formatted("a", "t1", "Provenance/x-1", "m1"))
                .differences(snapshot(PROVENANCE.formatted("b", "t2", "Provenance/y-2", "m2"))))
        .isEmpty();
  }

  @Test
  void theTimeThatAMergeTookMakesNoDifferenceButWhoWasMergedDoes() throws Exception {
    String merge =
        """
        {'resourceType':'Provenance','id':'%1$s','meta':{'versionId':'1'},'target':[{'reference':'Patient/1'}],
         'occurredPeriod':{'start':'%1$s'},'activity':{'coding':[{'code':'merge'}]},
         'contained':[{'resourceType':'Parameters','id':'%1$s','parameter':[{'name':'%2$s'}]},
                      {'resourceType':'OperationOutcome','id':'%1$s','issue':[{'diagnostics':'Took %1$s'}]}]}""";
    Snapshot one = snapshot(merge.formatted("a", "x"));
    assertThat(one.differences(snapshot(merge.formatted("b", "x")))).isEmpty();
    assertThat(one.differences(snapshot(merge.formatted("b", "y"))))
        .containsOnlyKeys("Provenance.contained");
  }

  private static Snapshot snapshot(String... resources) throws Exception {
    List<JsonNode> versions =
        Stream.of(resources).map(text -> text.replace('\'', '"')).map(SnapshotTest::json).toList();
    return new Snapshot(versions);
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
