package dev.kiln.fhir.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.fhir.access.Permission.Interaction;
import dev.kiln.fhir.access.Permission.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {

  private static final Permission PATIENT = all(Level.PATIENT);
  private static final Permission USER = all(Level.USER);
  private static final Permission SYSTEM = all(Level.SYSTEM);

  @Test
  void aLevelCountsOnlyWithWhatItIsAbout() {
    assertThat(counting(null, null, false)).isEmpty();
    assertThat(counting("Practitioner/1", null, false)).containsExactly(USER);
    assertThat(counting(null, "1", false)).containsExactly(PATIENT);
    assertThat(counting("Practitioner/1", "1", false)).containsExactlyInAnyOrder(USER, PATIENT);
    assertThat(counting("Practitioner/1", "1", true)).containsExactly(SYSTEM);
    assertThat(counting("", " ", false)).isEmpty();
  }

  @Test
  void onlyAWholeStoreHidesNothing() {
    assertThat(caller(null, null, true, SYSTEM).seesEverything()).isTrue();
    assertThat(caller("Practitioner/1", null, false, USER).seesEverything()).isFalse();
    assertThat(caller(null, null, true, system("*", EnumSet.of(Interaction.READ))).seesEverything())
        .isFalse();
    assertThat(
            caller(null, null, true, system("Patient", EnumSet.allOf(Interaction.class)))
                .seesEverything())
        .isFalse();
    assertThat(
            caller(
                    null,
                    null,
                    true,
                    new Permission(
                        Level.SYSTEM,
                        "*",
                        EnumSet.allOf(Interaction.class),
                        List.of("category=laboratory")))
                .seesEverything())
        .isFalse();
  }

  @Test
  void aPageBelongsToItsCaller() {
    PageSeal seal = new PageSeal();
    Caller one = caller("Practitioner/1", "1", false, USER, PATIENT);
    String id = seal.fresh(one);
    assertThat(id).hasSizeLessThanOrEqualTo(48);
    assertThat(seal.belongsTo(id, caller("Practitioner/1", "1", false, PATIENT, USER))).isTrue();
    assertThat(seal.belongsTo(id, caller("Practitioner/1", "2", false, USER, PATIENT))).isFalse();
    assertThat(seal.belongsTo(id, caller("Practitioner/2", "1", false, USER, PATIENT))).isFalse();
    assertThat(seal.belongsTo(id, caller("Practitioner/1", "1", false, PATIENT))).isFalse();
    assertThat(new PageSeal().belongsTo(id, one)).isFalse();
    for (String forged : List.of("", ".", id + "x", id.substring(1), id.split("\\.")[0])) {
      assertThat(seal.belongsTo(forged, one)).isFalse();
    }
  }

  private static List<Permission> counting(String fhirUser, String patient, boolean isSystem) {
    return caller(fhirUser, patient, isSystem, PATIENT, USER, SYSTEM)
        .allowing("Observation", Interaction.READ);
  }

  private static Caller caller(
      String fhirUser, String patient, boolean isSystem, Permission... permissions) {
    return new Caller("app", "account", fhirUser, Set.of(permissions), Set.of(), patient, isSystem);
  }

  private static Permission all(Level level) {
    return new Permission(level, "*", EnumSet.allOf(Interaction.class), List.of());
  }

  private static Permission system(String type, Set<Interaction> interactions) {
    return new Permission(Level.SYSTEM, type, interactions, List.of());
  }
}
