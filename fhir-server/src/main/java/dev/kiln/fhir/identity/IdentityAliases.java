package dev.kiln.fhir.identity;

import dev.kiln.profiles.KilnProfiles;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is meant by an identifier: one row for each that names a single patient or visit. */
public final class IdentityAliases {

  /** Of HL7 table 0203: medical record, patient internal, patient external, visit. */
  private static final Set<String> NAMING = Set.of("MR", "PI", "PT", "VN");

  private final JdbcClient jdbc;

  public IdentityAliases(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The ids of the stored resources that the identifiers of this one lead to, in the order of those
   * identifiers, each once.
   */
  public List<String> knownAs(Resource told) {
    Set<String> ids = new LinkedHashSet<>();
    for (Identifier identifier : identifiers(told)) {
      owner(told.fhirType(), scope(told), identifier).forEach(ids::add);
    }
    return List.copyOf(ids);
  }

  /**
   * Lets exactly the resource's identifiers lead to it, but for those that lead to another one
   * already.
   *
   * @return the ids of those others
   */
  Set<String> claim(Resource resource) {
    String id = resource.getIdElement().getIdPart();
    List<Identifier> identifiers = identifiers(resource);
    release(resource, identifiers);
    Set<String> others = new LinkedHashSet<>();
    for (Identifier identifier : identifiers) {
      if (!insert(resource.fhirType(), scope(resource), identifier, id)) {
        owner(resource.fhirType(), scope(resource), identifier).stream()
            .filter(owner -> !owner.equals(id))
            .forEach(others::add);
      }
    }
    return others;
  }

  /** Lets everything that leads to one resource lead to another. */
  void moveAll(String type, String from, String to) {
    jdbc.sql(
            "update ledger.identity_alias set resource_id = :to where resource_type = :type and resource_id = :from")
        .param("to", to)
        .param("type", type)
        .param("from", from)
        .update();
  }

  void forget(Resource resource) {
    jdbc.sql("delete from ledger.identity_alias where resource_type = :type and resource_id = :id")
        .param("type", resource.fhirType())
        .param("id", resource.getIdElement().getIdPart())
        .update();
  }

  private void release(Resource resource, List<Identifier> kept) {
    jdbc.sql(
            """
            delete from ledger.identity_alias a
            where a.resource_type = :type and a.resource_id = :id
              and not (a.scope = :scope and exists (
                select from unnest(:systems, :values) k(s, v) where k.s = a.system and k.v = a.value))
            """)
        .param("type", resource.fhirType())
        .param("id", resource.getIdElement().getIdPart())
        .param("scope", scope(resource))
        .param("systems", kept.stream().map(Identifier::getSystem).toArray(String[]::new))
        .param("values", kept.stream().map(Identifier::getValue).toArray(String[]::new))
        .update();
  }

  private boolean insert(String type, String scope, Identifier identifier, String id) {
    return jdbc.sql(
                """
                insert into ledger.identity_alias (resource_type, scope, system, value, resource_id)
                values (:type, :scope, :system, :value, :id) on conflict do nothing
                """)
            .param("type", type)
            .param("scope", scope)
            .param("system", identifier.getSystem())
            .param("value", identifier.getValue())
            .param("id", id)
            .update()
        == 1;
  }

  private List<String> owner(String type, String scope, Identifier identifier) {
    return jdbc.sql(
            """
            select resource_id from ledger.identity_alias
            where resource_type = :type and scope = :scope and system = :system and value = :value
            """)
        .param("type", type)
        .param("scope", scope)
        .param("system", identifier.getSystem())
        .param("value", identifier.getValue())
        .query(String.class)
        .list();
  }

  private static String scope(Resource resource) {
    return resource instanceof Encounter encounter && encounter.getSubject().hasReference()
        ? encounter.getSubject().getReferenceElement().toUnqualifiedVersionless().getValue()
        : "";
  }

  private static List<Identifier> identifiers(Resource resource) {
    List<Identifier> all = List.of();
    if (resource instanceof Patient patient) {
      all = patient.getIdentifier();
    } else if (resource instanceof Encounter encounter && encounter.getSubject().hasReference()) {
      all = encounter.getIdentifier();
    }
    return all.stream().filter(IdentityAliases::names).toList();
  }

  /**
   * Whether it names one patient or one visit. Numbers of other things (an account, an insurance, a
   * licence) may be shared, and a number without its authority is anybody's.
   */
  private static boolean names(Identifier identifier) {
    return identifier.hasSystem()
        && identifier.hasValue()
        && !identifier.getSystem().startsWith(KilnProfiles.UNKNOWN_AUTHORITY)
        && (!identifier.hasType()
            || identifier.getType().getCoding().stream()
                .anyMatch(type -> NAMING.contains(type.getCode())));
  }
}
