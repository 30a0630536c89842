package dev.kiln.routes.hl7v2.segment.order;

import dev.kiln.routes.LogicalKey;
import dev.kiln.routes.Origin;
import dev.kiln.routes.hl7v2.MessageContext;
import dev.kiln.routes.hl7v2.datatype.Cwe;
import dev.kiln.routes.hl7v2.datatype.Ei;
import dev.kiln.routes.hl7v2.datatype.Ts;
import dev.kiln.routes.hl7v2.datatype.party.Xcn;
import dev.kiln.routes.hl7v2.datatype.party.Xtn;
import dev.kiln.routes.hl7v2.er7.Component;
import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Segment;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriorityEnumFactory;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatusEnumFactory;

/** ORC with its OBR, what was ordered and by whom (sections 4.5.1 and 4.5.3). */
public final class Orc {

  private static final String CALLBACK =
      "http://hl7.org/fhir/StructureDefinition/servicerequest-order-callback-phone-number";

  private Orc() {}

  /**
   * The order that a result answers; empty where neither its placer's number is known nor who
   * placed it, so that there is nothing that the report does not say itself.
   *
   * @param orc the common part; may be empty
   * @param patient whom it is for
   */
  public static Optional<ServiceRequest> request(
      Segment obr, Optional<Segment> orc, Reference patient, MessageContext context) {
    Optional<Identifier> placer = Obr.number(Optional.of(obr), orc, 2, "PLAC", context);
    Optional<Identifier> filler = Obr.number(Optional.of(obr), orc, 3, "FILL", context);
    Optional<Identifier> number = placer.or(() -> filler);
    Optional<Reference> requester = requester(obr, orc, context);
    if (number.isEmpty() || placer.isEmpty() && requester.isEmpty()) {
      return Optional.empty();
    }
    ServiceRequest request = new ServiceRequest();
    requester.ifPresent(request::setRequester);
    placer.ifPresent(request::addIdentifier);
    filler.ifPresent(request::addIdentifier);
    request.setCode(Obr.code(obr.field(4), context));
    request.setSubject(patient).setIntent(ServiceRequestIntent.ORDER);
    request.setId(
        LogicalKey.id(
            "ServiceRequest",
            number.get().getSystem(),
            number.get().getValue(),
            Cwe.key(request.getCode()),
            patient.getReference()));
    status(request, orc, context);
    priority(request, obr, orc, context);
    Ts.dateTime(obr.field(6), context).ifPresent(request::setOccurrence);
    orc.flatMap(order -> Ei.identifier(order.field(4), "PGN", context))
        .ifPresent(request::setRequisition);
    for (Field reason : obr.repetitions(31)) {
      Cwe.concept(reason, context).ifPresent(request::addReasonCode);
    }
    Field relevant = obr.field(13);
    if (relevant.isPresent()) {
      Origin.mark(request.addNote().setText(relevant.text().strip()), relevant.path());
    }
    return Optional.of(request);
  }

  /** The filler's number, else the placer's; empty where there is none. */
  public static Optional<Identifier> number(Segment orc, MessageContext context) {
    return Obr.number(Optional.empty(), Optional.of(orc), 3, "FILL", context)
        .or(() -> Obr.number(Optional.empty(), Optional.of(orc), 2, "PLAC", context));
  }

  /** ORC-5 says how the order stands; where it does not, ORC-1 says what is done with it. */
  private static void status(
      ServiceRequest request, Optional<Segment> orc, MessageContext context) {
    ServiceRequestStatusEnumFactory codes = new ServiceRequestStatusEnumFactory();
    orc.flatMap(order -> context.code("v2-0038-request-status", order.field(5), codes))
        .or(
            () ->
                orc.flatMap(
                    order ->
                        context.translate(
                            "v2-0119-request-status", order.field(1).component(1), codes)))
        .ifPresentOrElse(
            request::setStatusElement, () -> request.setStatus(ServiceRequestStatus.UNKNOWN));
    // New orders alone say when they were ordered (section 4.5.1.9).
    orc.filter(order -> order.field(1).value().equals("NW"))
        .flatMap(order -> Ts.dateTime(order.field(9), context))
        .ifPresent(request::setAuthoredOnElement);
  }

  /** OBR-5, or the sixth component of the quantity and timing that came after it. */
  private static void priority(
      ServiceRequest request, Segment obr, Optional<Segment> orc, MessageContext context) {
    Stream<Component> places =
        Stream.concat(
            Stream.of(obr.field(5).component(1), obr.field(27).component(6)),
            orc.stream().map(order -> order.field(7).component(6)));
    places
        .flatMap(
            place ->
                context
                    .translate(
                        "v2-0485-request-priority", place, new ServiceRequestPriorityEnumFactory())
                    .stream())
        .findFirst()
        .ifPresent(request::setPriorityElement);
  }

  /** Who placed the order, with the number to call back. */
  private static Optional<Reference> requester(
      Segment obr, Optional<Segment> orc, MessageContext context) {
    Optional<Reference> common = orc.flatMap(order -> Xcn.practitioner(order.field(12), context));
    Optional<Reference> requester = Xcn.practitioner(obr.field(16), context).or(() -> common);
    requester.ifPresent(person -> callback(person, obr, orc, context));
    return requester;
  }

  private static void callback(
      Reference requester, Segment obr, Optional<Segment> orc, MessageContext context) {
    Stream.concat(
            obr.repetitions(17).stream(),
            orc.stream().flatMap(order -> order.repetitions(14).stream()))
        .flatMap(field -> Xtn.contactPoint(field, ContactPointUse.WORK, context).stream())
        .limit(1)
        .forEach(
            point ->
                Origin.mark(
                    requester.addExtension().setUrl(CALLBACK).setValue(point),
                    Origin.of(point).orElseThrow()));
  }
}
