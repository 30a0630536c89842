package dev.kiln.people;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.kiln.auth.directory.AccountDirectory;
import dev.kiln.fhir.access.Caller;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;

/** What a request says, or a refusal that names the parameter. */
final class Given {

  private static final int USUAL = 50;
  private static final int MOST = 200;

  private Given() {}

  /** Without blanks around; null where it is missing or blank. */
  static String text(StringType given) {
    return given == null || given.getValue() == null || given.getValue().isBlank()
        ? null
        : given.getValue().strip();
  }

  static String required(String name, StringType given) {
    String value = text(given);
    if (value == null) {
      throw new InvalidRequestException("The parameter \"" + name + "\" is missing");
    }
    return value;
  }

  static List<String> texts(List<StringType> given) {
    return given == null
        ? List.of()
        : given.stream().map(Given::text).filter(Objects::nonNull).distinct().toList();
  }

  static UUID uuid(String name, StringType given) {
    try {
      return UUID.fromString(required(name, given));
    } catch (IllegalArgumentException e) {
      throw wrong(name, "It is the id of an account, a UUID.");
    }
  }

  static int count(IntegerType given) {
    int count = given == null || given.getValue() == null ? USUAL : given.getValue();
    if (count < 1 || count > MOST) {
      throw wrong("_count", "It lies between 1 and " + MOST + ".");
    }
    return count;
  }

  static InvalidRequestException wrong(String name, String why) {
    return new InvalidRequestException("The parameter \"" + name + "\": " + why);
  }

  /** The account whose token it is; the guards let no client in that acts for itself. */
  static String caller(RequestDetails request) {
    return Caller.of(request).orElseThrow().subject();
  }

  /** What nobody may do to themselves, or not any more, is a conflict. */
  static <T> T unlessConflict(Supplier<T> deed) {
    try {
      return deed.get();
    } catch (AccountDirectory.Refused e) {
      throw new ResourceVersionConflictException(e.getMessage());
    }
  }
}
