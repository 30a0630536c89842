package dev.kiln.routes.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.routes.Origin;
import dev.kiln.routes.sink.Telling.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** What an update means: one case for each sentence of the rules. */
class MergeTest {

  private final Map<String, String> tellings = new java.util.HashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private Resource stored;

  @Test
  void anElementThatTheMessageHasTakesThePlaceOfWhatThisSourceSaid() {
    tell("A", 1, birth("1970-01-01"));
    tell("A", 2, birth("1971-01-01"));
    assertThat(patient().getBirthDateElement().getValueAsString()).isEqualTo("1971-01-01");
    assertThat(warnings).isEmpty();
  }

  @Test
  void anElementThatTheMessageDoesNotHaveStays() {
    tell("A", 1, birth("1970-01-01"));
    tell("A", 2, phone("PID-13", "1"));
    assertThat(patient().hasBirthDate()).isTrue();
  }

  @Test
  void theNullRemovesWhatThisSourceSaid() {
    tell("A", 1, birth("1970-01-01"));
    Patient without = new Patient();
    Origin.remove(without, "birthDate", "PID-7");
    tell("A", 2, without);
    assertThat(patient().hasBirthDate()).isFalse();
  }

  @Test
  void theNullDoesNotRemoveWhatSomebodyElseEntered() {
    stored = new Patient().setBirthDateElement(new DateType("1970-01-01"));
    Patient without = new Patient();
    Origin.remove(without, "birthDate", "PID-7");
    tell("A", 2, without);
    assertThat(patient().hasBirthDate()).isTrue();
    assertThat(warnings).containsExactly("birthDate: not removed, somebody else has entered it");
  }

  @Test
  void whatAPersonEnteredStaysHoweverOftenTheMessageComes() {
    tell("A", 1, birth("1970-01-01"));
    patient().setBirthDateElement(new DateType("1969-12-31"));
    tell("A", 2, birth("1970-01-01"));
    tell("A", 3, birth("1975-05-05"));
    assertThat(patient().getBirthDateElement().getValueAsString()).isEqualTo("1969-12-31");
    assertThat(warnings).containsExactly("birthDate: kept as it is, somebody else has entered it");
  }

  @Test
  void whatAPersonEnteredBeforeTheMessageSaidTheSameStillIsThatPersons() {
    stored = new Patient().setBirthDateElement(new DateType("1970-01-01"));
    tell("A", 1, birth("1970-01-01"));
    tell("A", 2, birth("1971-01-01"));
    assertThat(patient().getBirthDateElement().getValueAsString()).isEqualTo("1970-01-01");
  }

  @Test
  void whatAPersonRemovedDoesNotComeBackWithTheSameMessageAndDoesWithNews() {
    tell("A", 1, birth("1970-01-01"), phone("PID-13", "1"));
    patient().setBirthDateElement(null);
    patient().setTelecom(null);
    tell("A", 2, birth("1970-01-01"), phone("PID-13", "1"));
    assertThat(patient().hasBirthDate()).isFalse();
    assertThat(patient().hasTelecom()).isFalse();
    tell("A", 3, birth("1971-01-01"), phone("PID-13", "2"));
    assertThat(patient().hasBirthDate()).isTrue();
    assertThat(phones()).containsExactly("2");
  }

  @Test
  void anotherSourceFillsGapsAndOverwritesNothing() {
    tell("A", 1, birth("1970-01-01"));
    tell("B", 2, birth("1980-01-01"), phone("PID-13", "1"));
    assertThat(patient().getBirthDateElement().getValueAsString()).isEqualTo("1970-01-01");
    assertThat(phones()).containsExactly("1");
    assertThat(warnings).containsExactly("birthDate: kept as it is, somebody else has entered it");
  }

  @Test
  void anOlderMessageDoesNotOverwriteANewerOneAndSaysSo() {
    tell("A", 5, birth("1971-01-01"));
    tell("A", 3, birth("1970-01-01"), phone("PID-13", "1"));
    assertThat(patient().getBirthDateElement().getValueAsString()).isEqualTo("1971-01-01");
    assertThat(phones()).as("what nobody told before is no older").containsExactly("1");
    assertThat(warnings).containsExactly("birthDate: stale, a newer message has told it");
  }

  @Test
  void aRepeatingFieldIsASnapshotOfThisSourceAndThisField() {
    tell("A", 1, phone("PID-13", "1", "2"), phone("PID-14", "9"));
    patient().addTelecom().setValue("by hand");
    tell("A", 2, phone("PID-13", "2", "3"));
    assertThat(phones()).containsExactlyInAnyOrder("2", "3", "9", "by hand");
    tell("B", 3, phone("PID-13", "3"));
    tell("A", 4, phone("PID-13", "4"));
    assertThat(phones())
        .as("B says 3 as well, so that it stays when A drops it")
        .containsExactlyInAnyOrder("3", "4", "9", "by hand");
  }

  @Test
  void aMentionFillsGapsAndGivesWayToWhoeverTells() {
    tell("LAB", 5, Origin.mentioned(birth("1970")), Origin.mentioned(phone("PID-13", "1")));
    tell("A", 1, birth("1970-01-01"), phone("PID-13", "2"));
    assertThat(patient().getBirthDateElement().getValueAsString()).isEqualTo("1970-01-01");
    assertThat(phones()).containsExactly("2");
    tell("LAB", 6, Origin.mentioned(birth("1970")), Origin.mentioned(phone("PID-13", "1")));
    assertThat(patient().getBirthDateElement().getValueAsString()).isEqualTo("1970-01-01");
    assertThat(phones()).containsExactly("2");
    assertThat(warnings).isEmpty();
  }

  @Test
  void fillingsGiveWayToWhatIsTold() {
    Encounter unknown = new Encounter().setStatus(EncounterStatus.UNKNOWN);
    tell("LAB", 1, Origin.mentioned(unknown));
    Encounter arrived = new Encounter().setStatus(EncounterStatus.INPROGRESS);
    Origin.mark(arrived.getStatusElement(), "MSH-9");
    tell("A", 2, arrived);
    tell("LAB", 3, Origin.mentioned(new Encounter().setStatus(EncounterStatus.UNKNOWN)));
    assertThat(((Encounter) stored).getStatus()).isEqualTo(EncounterStatus.INPROGRESS);
  }

  @Test
  void thePartsOfAPeriodComeFromSeveralMessages() {
    Encounter begun = new Encounter();
    begun.getPeriod().setStartElement(Origin.mark(time("2026-01-01"), "PV1-44"));
    tell("A", 1, begun);
    Encounter ended = new Encounter();
    ended.getPeriod().setEndElement(Origin.mark(time("2026-01-03"), "PV1-45"));
    tell("A", 2, ended);
    assertThat(((Encounter) stored).getPeriod().getStartElement().getValueAsString())
        .isEqualTo("2026-01-01");
    assertThat(((Encounter) stored).getPeriod().getEndElement().getValueAsString())
        .isEqualTo("2026-01-03");
    Encounter reopened = new Encounter();
    Origin.remove(reopened, "period.end", "PV1-45");
    tell("A", 3, reopened);
    assertThat(((Encounter) stored).getPeriod().hasEnd()).isFalse();
    assertThat(((Encounter) stored).getPeriod().hasStart()).isTrue();
  }

  @Test
  void aCorrectedResultReplacesTheOneBeforeAndKeepsThePersonsNote() {
    Observation first = new Observation();
    first.setValue(Origin.mark(new Quantity(5), "OBX[2]-5"));
    first.addInterpretation(Origin.mark(new CodeableConcept().setText("H"), "OBX[2]-8"));
    tell("LAB", 1, first);
    ((Observation) stored).addNote(new Annotation().setText("seen"));
    Observation corrected = new Observation();
    corrected.setValue(Origin.mark(new StringType("haemolysed"), "OBX[1]-5"));
    tell("LAB", 2, corrected);
    Observation result = (Observation) stored;
    assertThat(result.getValueStringType().getValue()).isEqualTo("haemolysed");
    assertThat(result.hasInterpretation()).as("the corrected result has none").isFalse();
    assertThat(result.getNoteFirstRep().getText()).isEqualTo("seen");
  }

  @Test
  void aNumberIsNotDoubledWhenSomebodyElseHasDescribedItBetter() {
    Patient byHand = new Patient();
    byHand.addIdentifier().setSystem("urn:s").setValue("1").setUse(Identifier.IdentifierUse.USUAL);
    stored = byHand;
    Patient told = new Patient();
    told.addIdentifier(Origin.mark(new Identifier().setSystem("urn:s").setValue("1"), "PID-3"));
    tell("A", 1, told);
    assertThat(patient().getIdentifier()).hasSize(1);
    assertThat(patient().getIdentifierFirstRep().hasUse()).isTrue();
  }

  @Test
  void anEndThatAPersonEnteredStaysWhenAMessageBeginsThePeriodLater() {
    Encounter entered = new Encounter();
    entered.getPeriod().setEndElement(time("2026-01-03"));
    stored = entered;
    tell("A", 1, begun("2026-01-05"));
    assertThat(end()).isEqualTo("2026-01-03");
    assertThat(((Encounter) stored).getPeriod().hasStart()).isFalse();
    assertThat(warnings).hasSize(1);
    tell("A", 2, begun("2026-01-01"));
    assertThat(start()).isEqualTo("2026-01-01");
    assertThat(end()).isEqualTo("2026-01-03");
  }

  @Test
  void anEndThatWasLeftOutComesWithTheCorrectedStart() {
    tell("A", 1, begun("2026-01-05"));
    tell("A", 2, ended("2026-01-03"));
    assertThat(((Encounter) stored).getPeriod().hasEnd()).isFalse();
    tell("A", 3, begun("2026-01-01"), ended("2026-01-03"));
    assertThat(start()).isEqualTo("2026-01-01");
    assertThat(end()).isEqualTo("2026-01-03");
  }

  @Test
  void aTimeThatBecomesAPeriodAndATimeAgainIsOneValue() {
    Observation once = new Observation();
    once.setEffective(Origin.mark(time("2026-01-01"), "OBR-7"));
    tell("LAB", 1, once);
    Observation period = new Observation();
    period.getEffectivePeriod().setStartElement(Origin.mark(time("2026-01-01"), "OBR-7"));
    period.getEffectivePeriod().setEndElement(Origin.mark(time("2026-01-02"), "OBR-8"));
    tell("LAB", 2, period);
    assertThat(((Observation) stored).getEffectivePeriod().getEndElement().getValueAsString())
        .isEqualTo("2026-01-02");
    tell("LAB", 3, once);
    assertThat(((Observation) stored).getEffectiveDateTimeType().getValueAsString())
        .isEqualTo("2026-01-01");
    assertThat(warnings).isEmpty();
  }

  @Test
  void anOlderResultAddsNothingToANewerOne() {
    Observation corrected = new Observation();
    corrected.setValue(Origin.mark(new Quantity(5), "OBX-5"));
    tell("LAB", 5, corrected);
    Observation older = new Observation();
    older.setValue(Origin.mark(new Quantity(50), "OBX-5"));
    older.addInterpretation(Origin.mark(new CodeableConcept().setText("H"), "OBX-8"));
    tell("LAB", 3, older);
    Observation result = (Observation) stored;
    assertThat(result.getValueQuantity().getValue().intValue()).isEqualTo(5);
    assertThat(result.hasInterpretation()).as("a flag of another value").isFalse();
    assertThat(warnings).containsExactly("value: stale, a newer message has told it");
  }

  @Test
  void whatAPersonRemovedDoesNotComeBackByBeingMentionedOrFilledIn() {
    Patient filled = new Patient();
    filled.addName().setText("filled in");
    tell("LAB", 1, Origin.mentioned(phone("PID-13", "1")), filled);
    assertThat(phones()).containsExactly("1");
    patient().setTelecom(null);
    patient().setName(null);
    Patient again = new Patient();
    again.addName().setText("filled in");
    tell("LAB", 2, Origin.mentioned(phone("PID-13", "1")), again);
    assertThat(phones()).isEmpty();
    assertThat(patient().hasName()).isFalse();
  }

  @Test
  void whatTwoSourcesSaidGoesWhenNeitherSaysItAnyMore() {
    tell("A", 1, phone("PID-13", "1"));
    tell("B", 2, phone("PID-13", "1"));
    tell("A", 3, phone("PID-13", "2"));
    tell("B", 4, phone("PID-13", "3"));
    assertThat(phones()).containsExactlyInAnyOrder("2", "3");
  }

  @Test
  void anImpreciseTimeDoesNotMakeWhatWasToldBeforeOlder() {
    tell("A", 5, birth("1970-01-01"));
    tell("A", Instant.ofEpochSecond(0), Instant.ofEpochSecond(9), birth("1971-01-01"));
    tell("A", 3, birth("1969-01-01"));
    assertThat(patient().getBirthDateElement().getValueAsString()).isEqualTo("1971-01-01");
  }

  @Test
  void ofTwoMessagesOfOneSecondTheOneThatArrivedLastCountsAlsoWhenTheOtherIsReplayed() {
    Instant begin = Instant.ofEpochSecond(5);
    Instant end = begin.plusMillis(999);
    tell("A", begin, end, Instant.ofEpochSecond(6), birth("1970-01-01"));
    tell("A", begin, end, Instant.ofEpochSecond(7), birth("1971-01-01"));
    tell("A", begin, end, Instant.ofEpochSecond(6), birth("1970-01-01"));
    assertThat(patient().getBirthDateElement().getValueAsString()).isEqualTo("1971-01-01");
    tell("A", begin, end, Instant.ofEpochSecond(7), birth("1971-01-01"));
    tell("A", begin, end, Instant.ofEpochSecond(8), birth("1972-01-01"));
    assertThat(patient().getBirthDateElement().getValueAsString()).isEqualTo("1972-01-01");
  }

  @Test
  void aTimeThatHasYetToComeDoesNotMakeAllThatFollowsOld() {
    Instant slip = Instant.parse("2062-01-01T00:00:00Z");
    tell("A", slip, slip, Instant.ofEpochSecond(5), birth("1970-01-01"));
    tell("A", 6, birth("1971-01-01"));
    assertThat(patient().getBirthDateElement().getValueAsString()).isEqualTo("1971-01-01");
  }

  @Test
  void theSameAgainChangesNothing() {
    Patient first = phone("PID-13", "1", "2");
    tell("A", 1, birth("1970-01-01"), first);
    String before = Digest.of(stored);
    String content = tellings.get("A");
    tell("A", 1, birth("1970-01-01"), phone("PID-13", "1", "2"));
    assertThat(Digest.of(stored)).isEqualTo(before);
    assertThat(tellings).containsEntry("A", content);
  }

  private void tell(String source, int time, Resource... told) {
    tell(source, Instant.ofEpochSecond(time), Instant.ofEpochSecond(time), told);
  }

  private void tell(String source, Instant earliest, Instant latest, Resource... told) {
    tell(source, earliest, latest, latest, told);
  }

  private void tell(
      String source, Instant earliest, Instant latest, Instant received, Resource... told) {
    Tellings all = new Tellings(tellings, source);
    When when = When.of(earliest, latest, received);
    Merge merge = new Merge(all.own(), all.others(), when, warnings::add);
    for (Resource resource : told) {
      stored = merge.lay(resource, stored);
    }
    tellings.put(source, all.own().content());
  }

  private Patient patient() {
    return (Patient) stored;
  }

  private List<String> phones() {
    return patient().getTelecom().stream().map(ContactPoint::getValue).toList();
  }

  private String start() {
    return ((Encounter) stored).getPeriod().getStartElement().getValueAsString();
  }

  private String end() {
    return ((Encounter) stored).getPeriod().getEndElement().getValueAsString();
  }

  private static Encounter begun(String day) {
    Encounter encounter = new Encounter();
    encounter.getPeriod().setStartElement(Origin.mark(time(day), "PV1-44"));
    return encounter;
  }

  private static Encounter ended(String day) {
    Encounter encounter = new Encounter();
    encounter.getPeriod().setEndElement(Origin.mark(time(day), "PV1-45"));
    return encounter;
  }

  private static Patient birth(String date) {
    return new Patient().setBirthDateElement(Origin.mark(new DateType(date), "PID-7"));
  }

  private static Patient phone(String field, String... numbers) {
    Patient patient = new Patient();
    for (String number : numbers) {
      patient.addTelecom(Origin.mark(new ContactPoint().setValue(number), field));
    }
    return patient;
  }

  private static org.hl7.fhir.r4.model.DateTimeType time(String text) {
    return new org.hl7.fhir.r4.model.DateTimeType(text);
  }
}
