package dev.kiln.auth.launch;

import dev.kiln.auth.Account;
import dev.kiln.auth.database.AuthDatabase;
import dev.kiln.auth.secret.Secrets;
import dev.kiln.auth.token.ContextJson;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The launches that have been opened and not used. */
public final class LaunchTable implements Launches {

  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final AuthDatabase database;

  LaunchTable(AuthDatabase database) {
    this.database = database;
  }

  @Override
  public String open(Account account, String clientId, Context context) {
    FhirContext.check(context.fhirContext());
    String handle = Secrets.random();
    database
        .jdbc()
        .sql(
            """
            insert into launch (handle_hash, client_id, account, context, expires)
            values (?, ?, ?, ?, ?)\
            """)
        .param(Secrets.hash(handle))
        .param(clientId)
        .param(account.id())
        .param(ContextJson.write(told(context)))
        .param(Timestamp.from(Instant.now().plus(LIFETIME)))
        .update();
    return handle;
  }

  /** Whether the app may use it; by whom, is decided when it is taken. */
  public boolean isOpen(String handle, String clientId) {
    return database
        .jdbc()
        .sql(
            """
            select true from launch where handle_hash = ? and client_id = ? and expires > now()\
            """)
        .param(Secrets.hash(handle))
        .param(clientId)
        .query(Boolean.class)
        .optional()
        .isPresent();
  }

  /** The context of the launch, which nobody can take again; empty where it is not theirs. */
  public Optional<Map<String, Object>> take(String handle, String clientId, String account) {
    return database
        .jdbc()
        .sql(
            """
            delete from launch
            where handle_hash = ? and client_id = ? and account = ? and expires > now()
            returning context\
            """)
        .param(Secrets.hash(handle))
        .param(clientId)
        .param(account)
        .query(String.class)
        .optional()
        .map(ContextJson::read);
  }

  /** In the names that the app is told them by. */
  private static Map<String, Object> told(Context context) {
    Map<String, Object> told = new LinkedHashMap<>();
    put(told, "patient", context.patient());
    put(told, "encounter", context.encounter());
    put(told, "intent", context.intent());
    told.put("need_patient_banner", context.needPatientBanner());
    if (!context.fhirContext().isEmpty()) {
      told.put("fhirContext", context.fhirContext());
    }
    return told;
  }

  private static void put(Map<String, Object> told, String name, String value) {
    if (value != null) {
      told.put(name, value);
    }
  }
}
