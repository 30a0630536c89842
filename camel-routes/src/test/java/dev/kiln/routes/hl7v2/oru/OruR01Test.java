package dev.kiln.routes.hl7v2.oru;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.Sample;
import dev.kiln.routes.hl7v2.er7.Message;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Specimen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void withoutPatientThereAreResultsOfNobody() {
    String msh = "MSH|^~\\&|LAB|HOSP|||20260301||ORU^R01|1|P|2.5";
    Message message = Sample.message(msh, "ORC|RE||F1", OBX + "1", "SPM|1|^S1");
    MessageContext context = Sample.context(message);
    Bundle bundle = new OruR01().translate(message, context);

    assertThat(all(bundle, Observation.class))
        .singleElement()
        .matches(observation -> !observation.hasSubject())
        .matches(Observation::hasSpecimen);
    assertThat(context.warnings()).contains("PID: missing, nobody knows whose results these are");
  }

  @Test
  void anObservationWithoutRequestIsKnownByItsOrder() {
    assertThat(urls(translate("1", "ORC|RE||F1^LAB", OBX + "1")))
        .isEqualTo(urls(translate("2", "ORC|RE||F1^LAB", OBX + "2")))
        .isNotEqualTo(urls(translate("1", "ORC|RE||F2^LAB", OBX + "1")));
  }

  @Test
  void aDocumentIsPresentedByTheReportElseItIsOneOfItsOwn() {
    String document = "OBX|1|ED|PDF^Report^L||LAB^application^PDF^Base64^JVBERg==||||||F";
    Bundle reported = translate("1", "OBR|1||F1", document);
    Bundle alone = translate("1", document);

    assertThat(all(reported, DocumentReference.class)).isEmpty();
    assertThat(all(reported, DiagnosticReport.class).get(0).getPresentedForm()).hasSize(1);
    assertThat(all(alone, DocumentReference.class).get(0).getContent()).hasSize(1);
    assertThat(all(alone, Observation.class).get(0).getDerivedFrom()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "CUL&Culture^1,P1^F1,1",
    "CUL&Culture^2,^F1,1",
    "CUL&Culture^3,^F1,0",
    "CUL&Culture^1,^F9,0",
    "'',^F1,0"
  })
  void aChildResultBelongsToTheParentThatItNames(String result, String order, int children) {
    String parent = "OBX|1|ST|CUL^Culture^L|";
    Bundle bundle =
        translate(
            "1",
            "OBR|1|P1|F1|CUL",
            parent + "1|E. coli",
            parent + "2|S. aureus",
            "OBR|2||F2|SUS" + "|".repeat(22) + result + "|||" + order,
            OBX + "R");

    assertThat(all(bundle, Observation.class).stream().filter(Observation::hasHasMember))
        .hasSize(children);
  }

  @ParameterizedTest
  @CsvSource({
    "C,corrected",
    "D,entered-in-error",
    "W,entered-in-error",
    "X,cancelled",
    "Q,unknown"
  })
  void whatIsTakenBackIsSaidSo(String status, String expected) {
    Bundle bundle = translate("1", "OBR|1||F", OBX + "139||||||" + status);

    assertThat(all(bundle, Observation.class).get(0).getStatus().toCode()).isEqualTo(expected);
  }

  @Test
  void aCommentOnThePatientIsAWarning() {
    String msh = "MSH|^~\\&|LAB|HOSP|||20260301||ORU^R01|1|P|2.5";
    Message message = Sample.message(msh, "PID|||1^^^A", "NTE|1||call late", "OBR|1||F");
    MessageContext context = Sample.context(message);
    new OruR01().translate(message, context);

    assertThat(context.warnings()).contains("NTE: not kept, FHIR has no comments on a patient");
    assertThat(message.unread()).contains("NTE-3");
  }
}
