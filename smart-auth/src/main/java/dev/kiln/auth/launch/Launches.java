package dev.kiln.auth.launch;

import dev.kiln.auth.Account;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Opens apps out of a record (SMART App Launch 2.2, "EHR launch"). */
public interface Launches {

  /**
   * Prepares a launch.
   *
   * @param account who opens the app; nobody else can use the launch
   * @param clientId the app's; no other app can use it
   * @return the value of the parameter {@code launch}; good once and for some minutes
   * @throws IllegalArgumentException where the context breaks a rule of the specification
   */
  String open(Account account, String clientId, Context context);

  /**
   * What the record shows at the moment.
   *
   * @param patient bare id; null where no patient is open
   * @param encounter bare id; null where none is open
   * @param intent what the person wants to do, in words agreed with the app; may be null
   * @param needPatientBanner whether the app must say itself whose data it shows
   * @param fhirContext further resources, each with {@code reference}, {@code canonical} or {@code
   *     identifier}, and {@code role} and {@code type} where they say more
   */
  record Context(
      String patient,
      String encounter,
      String intent,
      boolean needPatientBanner,
      List<Map<String, Object>> fhirContext) {

    /** https://hl7.org/fhir/R4/datatypes.html#id */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    public Context {
      fhirContext = List.copyOf(fhirContext);
      requireId("patient", patient);
      requireId("encounter", encounter);
    }

    private static void requireId(String name, String id) {
      if (id != null && !ID.matcher(id).matches()) {
        throw new IllegalArgumentException("The " + name + " of a launch is a bare id.");
      }
    }

    public static Context of(String patient, String encounter) {
      return new Context(patient, encounter, null, false, List.of());
    }
  }
}
