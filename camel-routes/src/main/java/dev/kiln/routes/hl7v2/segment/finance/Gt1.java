package dev.kiln.routes.hl7v2.segment.finance;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cx;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.party.Xon;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.Account.AccountStatus;
import org.hl7.fhir.r4.model.Account.GuarantorComponent;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;

/** GT1, who answers for the patient's account (section 6.5.5). */
public final class Gt1 {

  private static final RelatedParty GUARANTOR = new RelatedParty(2, 3, 5, List.of(6, 7), 8, 9, 11);

  private Gt1() {}

  /** The guarantor; empty where that is the patient, an organisation, or nobody. */
  public static Optional<RelatedPerson> person(
      Segment gt1, Reference patient, MessageContext context) {
    gt1.field(1).value();
    return RelatedParty.isPatient(gt1.field(11))
        ? Optional.empty()
        : GUARANTOR.person(gt1, patient, context);
  }

  /**
   * The account that is answered for, without its guarantors.
   *
   * @param pid which has its number
   */
  public static Account account(Segment pid, Reference patient, MessageContext context) {
    Account account = new Account();
    account.addSubject(patient);
    account.setStatus(AccountStatus.UNKNOWN);
    Optional<Identifier> number = Cx.identifier(pid.field(18), "AN", context);
    number.ifPresent(account::addIdentifier);
    account.setId(
        number
            .map(known -> LogicalKey.id("Account", known.getSystem(), known.getValue()))
            .orElseGet(() -> LogicalKey.id("Account", "patient", patient.getReference())));
    return account;
  }

  /**
   * Adds to the account who answers for it; a warning where nobody does.
   *
   * @param person by its reference; empty where it is not a person of their own
   */
  public static void guarantee(
      Account account,
      Segment gt1,
      Optional<Reference> person,
      Reference patient,
      MessageContext context) {
    person
        .or(() -> RelatedParty.isPatient(gt1.field(11)) ? Optional.of(patient) : Optional.empty())
        .or(() -> Xon.organization(gt1.field(21), context))
        .ifPresentOrElse(
            party -> {
              GuarantorComponent guarantor =
                  Origin.mark(account.addGuarantor().setParty(party), gt1.path());
              Ts.period(gt1.field(13), gt1.field(14), context).ifPresent(guarantor::setPeriod);
            },
            () -> context.warn(gt1.path(), "names nobody, the guarantor is not kept"));
  }
}
