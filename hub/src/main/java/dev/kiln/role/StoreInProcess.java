package dev.kiln.role;

import ca.uhn.fhir.repository.IRepository;
import dev.kiln.fhir.LocalStore;
import dev.kiln.routes.MessageId;
import dev.kiln.routes.Store;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/** The routes' store, reached by calls in the same process. */
record StoreInProcess(LocalStore local) implements Store {

  @Override
  public IRepository asSystem(String source) {
    return local.asSystem(source);
  }

  @Override
  public List<String> knownAs(Resource told) {
    return local.knownAs(told);
  }

  @Override
  public Map<String, Map<String, String>> tellings(Collection<String> resources) {
    return local.tellings(resources);
  }

  @Override
  public Optional<Applied> applied(MessageId message, int run) {
    return local
        .applied(message.value(), run)
        .map(applied -> new Applied(applied.written(), applied.outcome()));
  }

  @Override
  public List<String> apply(Bundle transaction, Application application) {
    return local.apply(
        transaction,
        new dev.kiln.fhir.Application(
            application.message().value(),
            application.run(),
            application.tellings(),
            application.rivals(),
            application.created(),
            application.outcome()));
  }

  @Override
  public void merge(String merged, String survivor, MessageId message) {
    local.merge(merged, survivor, message.toString());
  }
}
