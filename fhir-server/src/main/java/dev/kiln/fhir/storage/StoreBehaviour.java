package dev.kiln.fhir.storage;

import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings.IdStrategyEnum;
import java.util.List;

/** HAPI's switches, decided once for every installation. */
final class StoreBehaviour {

  private StoreBehaviour() {}

  static JpaStorageSettings decided() {
    JpaStorageSettings settings = new JpaStorageSettings();
    // Sequential numbers would tell a client how many resources there are, and collide after a
    // restore elsewhere.
    settings.setResourceServerIdStrategy(IdStrategyEnum.UUID);
    // The first search page is answered from few rows; a result set is never read to its end in one
    // go.
    settings.setSearchPreFetchThresholds(List.of(13, 503, 2003, 10003, -1));
    // A client that writes and then searches must find what it wrote.
    settings.setReuseCachedSearchResultsForMillis(null);
    settings.setAllowContainsSearches(true);
    // Only CompartmentSearch writes a _filter; one that comes from outside is refused.
    settings.setFilterParameterEnabled(true);
    // Off until each has its proof.
    settings.setHibernateSearchIndexFullText(false);
    settings.setExpungeEnabled(false);
    settings.setDeleteExpungeEnabled(false);
    settings.setAllowMultipleDelete(false);
    settings.setAllowExternalReferences(false);
    settings.setEnableTaskBulkExportJobExecution(false);
    settings.setEnableTaskBulkImportJobExecution(false);
    return settings;
  }
}
