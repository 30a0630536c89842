package dev.kiln.routes.hl7v2.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.Sample;
import java.util.List;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a message that no translator knows, or that has nothing in it. */
class MessageDocumentTest {

  private static final String MSH = "MSH|^~\\&|ADT|HOSP|||20260301||%s|MSG1|P|2.5";

  private static Bundle translate(String type, String... segments) {
    String[] all = new String[segments.length + 1];
    all[0] = MSH.formatted(type);
    System.arraycopy(segments, 0, all, 1, segments.length);
    return Sample.translate(all).statement().bundle();
  }

  private static List<Resource> resources(Bundle bundle) {
    return bundle.getEntry().stream().map(BundleEntryComponent::getResource).toList();
  }

  @Test
  void theMessageIsKeptWithWhomItNames() {
    Bundle bundle =
        translate("XYZ^Z99", "PID|||1^^^A||Doe^Jo", "PV1||I", "PID|||2^^^A", "ZXY|anything");

    assertThat(resources(bundle))
        .extracting(Resource::fhirType)
        .containsExactly("Patient", "Encounter", "Patient", "Binary", "DocumentReference");
    List<Resource> all = resources(bundle);
    assertThat(all.subList(0, 3)).allMatch(Origin::isMentioned);
    DocumentReference document = (DocumentReference) all.get(4);
    assertThat(document.getSubject().getReference()).isEqualTo(url(bundle.getEntry().get(0)));
    assertThat(document.getContext().getEncounterFirstRep().getReference())
        .isEqualTo(url(bundle.getEntry().get(1)));
    assertThat(document.getContext().getRelatedFirstRep().getReference())
        .isEqualTo(url(bundle.getEntry().get(2)));
    assertThat(document.getContentFirstRep().getAttachment().getUrl())
        .isEqualTo(url(bundle.getEntry().get(3)));
    assertThat(((Binary) all.get(3)).getData())
        .isEqualTo(
            Sample.bytes(
                MSH.formatted("XYZ^Z99"),
                "PID|||1^^^A||Doe^Jo",
                "PV1||I",
                "PID|||2^^^A",
                "ZXY|anything"));
  }

  @Test
  void aReplayChangesNothingAndOtherBytesAreAnotherDocument() {
    List<String> once = translate("XYZ", "ZXY|1").getEntry().stream().map(this::url).toList();

    assertThat(translate("XYZ", "ZXY|1").getEntry()).extracting(this::url).isEqualTo(once);
    assertThat(translate("XYZ", "ZXY|2").getEntry())
        .extracting(this::url)
        .doesNotContainAnyElementsOf(once);
  }

  private String url(BundleEntryComponent entry) {
    return entry.getRequest().getUrl();
  }

  @ParameterizedTest
  @CsvSource({"ADT^A01,ZXY|1", "ADT^A40,MRG|1^^^A", "ADT^A08,PID|1||^^^", "ORU^R01,NTE|1||text"})
  void aMessageWithoutContentIsADocument(String type, String segment) {
    assertThat(resources(translate(type, segment)))
        .extracting(Resource::fhirType)
        .containsExactly("Binary", "DocumentReference");
  }
}
