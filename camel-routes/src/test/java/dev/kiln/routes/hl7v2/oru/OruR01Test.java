package dev.kiln.routes.hl7v2.oru;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.Sample;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Specimen;
import org.junit.jupiter.api.Test;

/** How results are recognised; what else becomes of a message is in the examples. */
class OruR01Test {

  private static final String OBX = "OBX|1|NM|2951-2^Sodium^LN||";

  private static Bundle translate(String controlId, String... segments) {
    String msh = "MSH|^~\\&|LAB|HOSP|||20260301||ORU^R01|" + controlId + "|P|2.5";
    String[] all = new String[segments.length + 2];
    all[0] = msh;
    all[1] = "PID|||1^^^A";
    System.arraycopy(segments, 0, all, 2, segments.length);
    return new OruR01().translate(Sample.message(all), Sample.context(msh));
  }

  private static List<String> urls(Bundle bundle) {
    return bundle.getEntry().stream().map(entry -> entry.getRequest().getUrl()).toList();
  }

  private static <R extends Resource> List<R> all(Bundle bundle, Class<R> type) {
    return bundle.getEntry().stream()
        .map(BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Test
  void aCorrectionHasTheIdsOfWhatItCorrects() {
    Bundle preliminary = translate("1", "OBR|1||F1^LAB|BMP^^L", OBX + "139||||||P");
    Bundle corrected = translate("2", "OBR|7||F1^LAB|BMP^^L", OBX + "140||||||C");

    assertThat(urls(corrected)).isEqualTo(urls(preliminary)).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void anotherOrderHasOtherIds() {
    Bundle one = translate("1", "OBR|1||F1^LAB|BMP^^L", OBX + "139");
    Bundle other = translate("2", "OBR|1||F2^LAB|BMP^^L", OBX + "139");

    assertThat(urls(one)).hasSize(3);
    assertThat(urls(other).subList(1, 3)).doesNotContainAnyElementsOf(urls(one));
  }

  @Test
  void nothingOfOneMessageHasTheIdOfAnother() {
    Bundle bundle =
        translate(
            "1", OBX + "1", OBX + "1", "OBR|1", OBX + "1", OBX + "1", "OBR|1||F", OBX, "OBR|2||F");

    assertThat(urls(bundle)).hasSize(9).doesNotHaveDuplicates();
    assertThat(bundle.getEntry())
        .allMatch(
            entry ->
                entry
                    .getRequest()
                    .getUrl()
                    .endsWith("/" + entry.getResource().getIdElement().getIdPart()));
  }

  @Test
  void theCommonOrderGivesTheNumbersThatTheRequestLacks() {
    Bundle bundle = translate("1", "ORC|RE|P1|F1", "OBR|1|||BMP", "ORC|RE|P2", "OBR|2||F2|BMP");

    List<DiagnosticReport> reports = all(bundle, DiagnosticReport.class);
    assertThat(reports.get(0).getIdentifier()).extracting("value").asString().contains("F1", "P1");
    assertThat(reports.get(1).getIdentifier()).extracting("value").asString().contains("F2", "P2");
  }

  @Test
  void commentsStayWithWhatTheyStandAfter() {
    Bundle bundle =
        translate(
            "1",
            "NTE|1||patient",
            "OBR|1||F",
            "NTE|1||order",
            OBX + "1",
            "NTE|1||result",
            "NTE|2||",
            "SPM|1",
            "NTE|1||specimen");
    DiagnosticReport report = all(bundle, DiagnosticReport.class).get(0);
    Observation observation = all(bundle, Observation.class).get(0);
    Specimen specimen = all(bundle, Specimen.class).get(0);

    assertThat(report.getConclusion()).isEqualTo("order");
    assertThat(observation.getNote()).singleElement().extracting("text").hasToString("result");
    assertThat(specimen.getNote()).singleElement().extracting("text").hasToString("specimen");
  }
}
