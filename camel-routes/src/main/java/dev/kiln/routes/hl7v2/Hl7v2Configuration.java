package dev.kiln.routes.hl7v2;

import dev.kiln.routes.RoutesConfiguration.Rehearsal;
import dev.kiln.routes.control.MessageAnatomy;
import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.control.SiteControl;
import dev.kiln.routes.hl7v2.anatomy.Hl7v2Anatomy;
import dev.kiln.routes.hl7v2.nmd.NmdTestMessages;
import dev.kiln.routes.hl7v2.site.SiteFolder;
import dev.kiln.routes.hl7v2.trial.Hl7v2Sites;
import dev.kiln.routes.hl7v2.trial.Hl7v2Trial;
import dev.kiln.routes.inbox.TestMessages;
import dev.kiln.routes.settings.RoutesSettings;
import dev.kiln.terminology.Terminology;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;

/** The HL7 v2 format and its translators: every class below that is one. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
    useDefaultFilters = false,
    includeFilters =
        @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Hl7v2Translator.class))
public class Hl7v2Configuration {

  @Bean
  Hl7v2Translators hl7v2Translators(List<Hl7v2Translator> translators) {
    return new Hl7v2Translators(translators);
  }

  @Bean
  SiteFolder siteFolder(RoutesSettings settings) {
    return new SiteFolder(settings.sites());
  }

  /**
   * @param archive asked for when a profile is tried; a rehearsal has none
   */
  @Bean
  SiteControl siteControl(
      SiteFolder sites, Hl7v2Format format, ObjectProvider<MessageArchive> archive) {
    return new Hl7v2Sites(
        sites,
        new Hl7v2Trial(
            format.name(),
            sites,
            profiles -> new Hl7v2Rehearsal(format.with(profiles)),
            archive::getObject));
  }

  @Bean
  Hl7v2Format hl7v2Format(
      Hl7v2Translators translators,
      Terminology terminology,
      RoutesSettings settings,
      SiteFolder sites) {
    return new Hl7v2Format(
        translators,
        terminology,
        settings.timeZone(),
        sites::profiles,
        Clock.system(settings.timeZone()));
  }

  @Bean
  TestMessages hl7v2TestMessages(RoutesSettings settings) {
    return new NmdTestMessages(Clock.system(settings.timeZone()));
  }

  @Bean
  MessageAnatomy hl7v2Anatomy(Hl7v2Format format) {
    return new Hl7v2Anatomy(format, format::read);
  }

  @Bean
  Rehearsal hl7v2Rehearsal(Hl7v2Format format) {
    return new Hl7v2Rehearsal(format);
  }
}
