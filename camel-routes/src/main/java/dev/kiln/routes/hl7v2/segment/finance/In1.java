package dev.kiln.routes.hl7v2.segment.finance;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Cx;
import dev.kiln.routes.hl7v2.datatype.Hd;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.party.Xon;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import dev.kiln.routes.hl7v2.segment.Nulls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.ClassComponent;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.StringType;

/** IN1, an insurance (section 6.5.6). */
public final class In1 {

  private static final String CLASSES = "http://terminology.hl7.org/CodeSystem/coverage-class";

  private static final RelatedParty INSURED = new RelatedParty(0, 16, 19, List.of(), 18, 43, 17);

  private static final Nulls NULLS =
      new Nulls(Map.of(12, "period.start", 13, "period.end", 15, "type", 22, "order"));

  private In1() {}

  /**
   * The coverage, with the id of its patient, payor, policy and plan. Empty, with a warning, where
   * the segment names no payor.
   */
  public static Optional<Coverage> coverage(
      Segment in1, Reference patient, MessageContext context) {
    in1.field(1).value();
    Optional<Reference> payor = payor(in1, context);
    if (payor.isEmpty()) {
      context.warn(in1.path(), "names no insurance company, the coverage is not kept");
      return Optional.empty();
    }
    Coverage coverage = new Coverage();
    coverage.setStatus(CoverageStatus.ACTIVE).setBeneficiary(patient).addPayor(payor.get());
    policy(coverage, in1, context);
    in1.field(49).component(1).string().ifPresent(coverage::setSubscriberIdElement);
    Xon.organization(in1.field(11), context).ifPresent(coverage::setPolicyHolder);
    Ts.period(in1.field(12), in1.field(13), context).ifPresent(coverage::setPeriod);
    Cwe.ofTable(in1.field(15), "0086", context).ifPresent(coverage::setType);
    Cwe.mapped(in1.field(17), "v2-0063-subscriber-relationship", context)
        .ifPresent(coverage::setRelationship);
    Field priority = in1.field(22);
    if (priority.value().matches("[1-9][0-9]{0,3}")) {
      coverage.setOrderElement(Origin.mark(new PositiveIntType(priority.value()), priority.path()));
    }
    plans(coverage, in1);
    coverage.setId(id(coverage, in1));
    NULLS.in(in1, coverage);
    return Optional.of(coverage);
  }

  /** Whose insurance it is; empty where it is the patient's own or nobody is named. */
  public static Optional<RelatedPerson> insured(
      Segment in1, Reference patient, MessageContext context) {
    return RelatedParty.isPatient(in1.field(17))
        ? Optional.empty()
        : INSURED.person(in1, patient, context);
  }

  /** Whether the segment says that it is the patient's own insurance. */
  public static boolean isOfPatient(Segment in1) {
    return RelatedParty.isPatient(in1.field(17));
  }

  /** IN1-4 has the company's name, IN1-3 its number. */
  private static Optional<Reference> payor(Segment in1, MessageContext context) {
    Optional<Reference> named = Xon.organization(in1.field(4), context);
    Optional<Identifier> number = Cx.identifier(in1.field(3), "", context);
    Field told = in1.field(named.isPresent() ? 4 : 3);
    if (named.isEmpty() && number.isEmpty()) {
      return Optional.empty();
    }
    Reference payor = named.orElseGet(() -> new Reference().setType("Organization"));
    number.ifPresent(payor::setIdentifier);
    return Optional.of(Origin.mark(payor, told.path()));
  }

  /** IN1-36 is unique for its company alone. */
  private static void policy(Coverage coverage, Segment in1, MessageContext context) {
    Field policy = in1.field(36);
    policy
        .component(1)
        .string()
        .map(
            number ->
                new Identifier()
                    .setSystem(Hd.issuer("policy", key(coverage.getPayorFirstRep())))
                    .setValueElement(number))
        .ifPresent(number -> coverage.addIdentifier(Origin.mark(number, policy.path())));
  }

  private static void plans(Coverage coverage, Segment in1) {
    plan(coverage, "plan", "Plan", in1.field(2).component(1), in1.field(2).component(2));
    plan(coverage, "group", "Group", in1.field(8).component(1), in1.field(9).component(1));
  }

  private static void plan(
      Coverage coverage, String code, String display, Component value, Component name) {
    Optional<StringType> called = value.string().or(name::string);
    called.ifPresent(
        told -> {
          ClassComponent plan = new ClassComponent();
          plan.getType().addCoding(new Coding(CLASSES, code, display));
          plan.setValueElement(told);
          name.string().ifPresent(plan::setNameElement);
          String from = value.isPresent() ? value.path() : name.path();
          coverage.addClass_(Origin.mark(plan, from.substring(0, from.indexOf('.'))));
        });
  }

  private static String id(Coverage coverage, Segment in1) {
    return LogicalKey.id(
        "Coverage",
        coverage.getBeneficiary().getReference(),
        key(coverage.getPayorFirstRep()),
        in1.field(36).value(),
        in1.field(2).value());
  }

  private static String key(Reference payor) {
    Identifier number = payor.getIdentifier();
    return number.hasValue() ? number.getSystem() + "|" + number.getValue() : payor.getDisplay();
  }
}
