package dev.kiln.routes.hl7v2;

import dev.kiln.routes.hl7v2.er7.Field;
import dev.kiln.routes.hl7v2.er7.Message;
import dev.kiln.routes.hl7v2.er7.MessageText;
import dev.kiln.routes.hl7v2.site.SiteProfile;
import dev.kiln.routes.hl7v2.site.SiteProfiles;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Translation;
import dev.kiln.routes.settings.RoutesSettings;
import dev.kiln.terminology.Terminology;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What the tests of this package read and read it with. */
public final class Sample {

  public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T09:30:00.250Z"), ZONE);

  private static final Terminology TERMINOLOGY = Terminology.bundled();

  private Sample() {}

  private static final Hl7v2Translators TRANSLATORS = found();

  /** Finds the translators as the hub does. */
  private static Hl7v2Translators found() {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(Terminology.class, () -> TERMINOLOGY);
      context.registerBean(
          RoutesSettings.class,
          () ->
              new Binder(
                      new MapConfigurationPropertySource(Map.of("kiln.routes.sites", "no-sites")))
                  .bind("kiln.routes", RoutesSettings.class)
                  .get());
      context.register(Hl7v2Configuration.class);
      context.refresh();
      return context.getBean(Hl7v2Translators.class);
    }
  }

  public static Hl7v2Format format() {
    return format(ZONE);
  }

  static Hl7v2Format format(ZoneId zone) {
    return new Hl7v2Format(TRANSLATORS, TERMINOLOGY, zone, SiteProfiles::none, CLOCK);
  }

  public static Hl7v2Format format(SiteProfiles sites) {
    return format(() -> sites);
  }

  public static Hl7v2Format format(Supplier<SiteProfiles> sites) {
    return new Hl7v2Format(TRANSLATORS, TERMINOLOGY, ZONE, sites, CLOCK);
  }

  public static Translation translate(String... segments) {
    return format().translate(bytes(segments));
  }

  public static Receipt judge(String... segments) {
    return format().judge(bytes(segments));
  }

  public static Message message(String... segments) {
    return Message.parse(MessageText.decode(bytes(segments))).orElseThrow();
  }

  public static byte[] bytes(String... segments) {
    return String.join("\r", segments).getBytes(StandardCharsets.UTF_8);
  }

  /** A field of a sender whose facility is HOSPITAL. */
  public static Field field(String text) {
    return message("MSH|^~\\&|ADT|HOSPITAL", "ZZZ|" + text).segments().get(1).field(1);
  }

  public static MessageContext context() {
    return context("MSH|^~\\&|ADT|HOSPITAL");
  }

  public static MessageContext context(String msh) {
    return context(message(msh));
  }

  public static MessageContext context(Message message) {
    return new MessageContext(message, TERMINOLOGY, ZONE, SiteProfile.NONE);
  }
}
