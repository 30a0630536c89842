package dev.kiln.messages;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import dev.kiln.fhir.ParametersPart;
import dev.kiln.fhir.audit.AuditTrail;
import dev.kiln.routes.control.MessageAnatomy;
import dev.kiln.routes.control.SiteControl;
import dev.kiln.routes.control.SiteControl.Element;
import dev.kiln.routes.control.SiteControl.Profile;
import dev.kiln.routes.control.SiteControl.Trial;
import dev.kiln.routes.control.SiteControl.Tried;
import dev.kiln.routes.control.SiteControl.Value;
import dev.kiln.routes.settings.WrongSite;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code $site-profiles} tells what is peculiar to the senders, {@code $site-profile-try} what a
 * profile would change in kept messages, {@code $site-profile-save} and {@code
 * $site-profile-remove} change it; docs/messages.md has the shapes.
 */
public final class SiteOperations {

  private static final int MOST_TRIED = 20;

  private final SiteControl sites;
  private final List<MessageAnatomy> anatomies;
  private final AuditTrail audit;

  SiteOperations(SiteControl sites, List<MessageAnatomy> anatomies, AuditTrail audit) {
    this.sites = sites;
    this.anatomies = anatomies;
    this.audit = audit;
  }

  @Operation(name = "$site-profiles", idempotent = true)
  public Parameters all() {
    Parameters answer = new Parameters();
    sites.profiles().forEach(profile -> profile(answer, profile));
    return answer;
  }

  /**
   * @param ids of the messages that are read; where there are none, the latest 20 of the sender
   */
  @Operation(name = "$site-profile-try")
  public Parameters tryOut(
      @OperationParam(name = "name", min = 1, max = 1) StringType name,
      @OperationParam(name = "text", min = 1, max = 1) StringType text,
      @OperationParam(name = "id", max = MOST_TRIED) List<StringType> ids) {
    List<StringType> given = ids == null ? List.of() : ids;
    if (given.size() > MOST_TRIED) {
      throw new InvalidRequestException("The parameter \"id\" is given 20 times at most");
    }
    Parameters answer = new Parameters();
    try {
      Trial trial =
          asked(
              () ->
                  sites.tryOut(
                      value(name, "name"),
                      value(text, "text"),
                      given.stream().map(MessageFilter::id).toList()));
      trial.messages().forEach(tried -> tried(tried, trial, ParametersPart.of(answer, "message")));
    } catch (WrongSite e) {
      ParametersPart.of(answer, "problem").number("line", e.line()).text("text", e.what());
    }
    return answer;
  }

  private void tried(Tried tried, Trial trial, ParametersPart message) {
    message
        .text("id", tried.message().toString())
        .text("control-id", tried.controlId())
        .text("before", outcome(tried.before()))
        .text("after", outcome(tried.after()));
    tried.elements().forEach(element -> element(element, trial, message.part("element")));
    if (tried.more() > 0) {
      message.number("more", tried.more());
    }
  }

  private static String outcome(String refusal) {
    return refusal.isEmpty() ? "accepted" : "refused " + refusal;
  }

  private void element(Element element, Trial trial, ParametersPart part) {
    Value before = element.before();
    Value after = element.after();
    part.text("resource", element.resource())
        .text("path", element.path())
        .code("change", before == null ? "add" : after == null ? "remove" : "replace")
        .text("before", shown(before, trial))
        .text("after", shown(after, trial))
        .text("field", after == null ? before.field() : after.field());
  }

  /** What the profile says is the caller's own word, and no patient's. */
  private String shown(Value value, Trial trial) {
    if (value == null) {
      return null;
    }
    boolean isOpen =
        trial.said().contains(value.text())
            || anatomies.stream().anyMatch(format -> format.isOpen(value.field()));
    return new Mask(true).of(value.text(), isOpen);
  }

  @Operation(name = "$site-profile-save")
  public Parameters save(
      RequestDetails request,
      @OperationParam(name = "name", min = 1, max = 1) StringType name,
      @OperationParam(name = "text", min = 1, max = 1) StringType text) {
    Parameters answer = new Parameters();
    try {
      Profile saved =
          asked(
              () -> {
                sites.check(value(name, "name"), value(text, "text"));
                audit.note(request, "$site-profile-save", true, null, List.of(name.getValue()));
                return sites.save(name.getValue(), text.getValue());
              });
      profile(answer, saved);
    } catch (WrongSite e) {
      throw new InvalidRequestException(e.getMessage());
    }
    return answer;
  }

  @Operation(name = "$site-profile-remove")
  public Parameters remove(
      RequestDetails request, @OperationParam(name = "name", min = 1, max = 1) StringType name) {
    String wanted = value(name, "name");
    if (sites.profiles().stream().noneMatch(known -> known.name().equals(wanted))) {
      throw new ResourceNotFoundException("There is no profile of that name");
    }
    return asked(
        () -> {
          audit.note(request, "$site-profile-remove", true, null, List.of(wanted));
          sites.remove(wanted);
          return new Parameters();
        });
  }

  private static <T> T asked(Supplier<T> deed) {
    try {
      return deed.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e.getMessage());
    } catch (NoSuchElementException e) {
      throw new ResourceNotFoundException(e.getMessage());
    } catch (UncheckedIOException e) {
      throw new InternalErrorException(e.getMessage());
    }
  }

  private static String value(StringType given, String name) {
    if (given == null || given.getValue() == null) {
      throw new InvalidRequestException("The parameter \"" + name + "\" is missing");
    }
    return given.getValue();
  }

  private static void profile(Parameters answer, Profile profile) {
    ParametersPart.of(answer, "profile")
        .text("name", profile.name())
        .text("text", profile.text())
        .text("application", profile.application())
        .text("facility", profile.facility())
        .instant("changed", profile.changed());
  }
}
