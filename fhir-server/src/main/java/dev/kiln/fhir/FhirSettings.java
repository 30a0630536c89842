package dev.kiln.fhir;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What an operator decides about the FHIR server.
 *
 * @param database The PostgreSQL to use; embedded when its URL is not set.
 * @param poolSize Connections in the store's pool.
 * @param maxRequestSize Largest request body that is read, after decompression.
 * @param maxPageSize Most entries on one page of search results.
 */
@Validated
@ConfigurationProperties("kiln.fhir")
public record FhirSettings(
    @Valid @DefaultValue DatabaseSettings database,
    @DefaultValue("10") @Min(2) @Max(500) int poolSize,
    @DefaultValue("64MB") DataSize maxRequestSize,
    @DefaultValue("1000") @Min(1) @Max(10000) int maxPageSize) {

  /**
   * Which PostgreSQL the server uses.
   *
   * @param url JDBC URL of a PostgreSQL 15 or later; embedded PostgreSQL when not set.
   * @param username Role that may create schemas in that database.
   * @param passwordFile File that holds the role's password, and nothing else.
   * @param folder Folder of the embedded PostgreSQL's data.
   */
  public record DatabaseSettings(
      String url,
      @DefaultValue("kiln") String username,
      Path passwordFile,
      @DefaultValue("./data/postgres") Path folder) {}
}
