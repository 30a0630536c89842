package dev.kiln.fhir.storage;

import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrator;
import ca.uhn.fhir.jpa.migrate.MigrationTaskList;
import ca.uhn.fhir.jpa.migrate.dao.HapiMigrationDao;
import ca.uhn.fhir.jpa.migrate.taskdef.BaseTask;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import dev.kiln.fhir.CannotStart;
import dev.kiln.fhir.CannotStart.Cause;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;

/**
 * HAPI's tables in the schema {@code fhir}, brought to this release by HAPI's own versioned
 * migrator.
 */
public final class FhirSchema {

  /**
   * The PostgreSQL schema that holds HAPI's tables; the store's connections have it as their search
   * path.
   */
  public static final String NAME = "fhir";

  private static final String HISTORY = "flyway_schema_history";

  private final DataSource store;

  public FhirSchema(DataSource store) {
    this.store = store;
  }

  /**
   * Creates or migrates the tables.
   *
   * @throws CannotStart when a newer Kiln has migrated them already: an older one would write rows
   *     that the newer one misreads
   */
  public void migrate() {
    MigrationTaskList tasks =
        new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values());
    HapiMigrationDao history = new HapiMigrationDao(store, DriverTypeEnum.POSTGRES_9_4, HISTORY);
    history.createMigrationTableIfRequired();
    refuseNewer(history.fetchSuccessfulMigrationVersions(), tasks);
    HapiMigrator migrator = new HapiMigrator(HISTORY, store, DriverTypeEnum.POSTGRES_9_4);
    migrator.addTasks(tasks);
    migrator.migrate();
  }

  private static void refuseNewer(Set<MigrationVersion> applied, MigrationTaskList tasks) {
    MigrationVersion newestKnown =
        StreamSupport.stream(tasks.spliterator(), false)
            .map(BaseTask::getMigrationVersion)
            .map(MigrationVersion::fromVersion)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    applied.stream()
        .filter(version -> version.compareTo(newestKnown) > 0)
        .max(Comparator.naturalOrder())
        .ifPresent(
            newer -> {
              throw new CannotStart(
                  Cause.DATA_REFUSED,
                  "The data was written by a newer Kiln (schema "
                      + newer
                      + ", this one knows "
                      + newestKnown
                      + ").",
                  "Start that newer Kiln on it, or restore a backup made with this one.");
            });
  }
}
