package dev.kiln.backup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What stands first in a backup file. The file is a ZIP: {@code manifest.json}, then one entry
 * {@code schema.table} each with the rows in PostgreSQL's COPY text format, which every major
 * reads.
 *
 * @param format 1
 * @param madeAt when the snapshot was taken
 * @param schemaVersions newest migration of each schema; a file is restored only by a Kiln that has
 *     the same ones
 * @param tables all of them, by name
 * @param sequences name with schema → the next value to be handed out
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BackupFile(
    int format,
    Instant madeAt,
    Map<String, String> schemaVersions,
    List<Table> tables,
    Map<String, Long> sequences) {

  static final String MANIFEST = "manifest.json";

  /**
   * @param name with schema, for example {@code fhir.hfj_resource}
   * @param columns those that are stored, in the order of the rows
   */
  record Table(String name, List<String> columns) {}
}
