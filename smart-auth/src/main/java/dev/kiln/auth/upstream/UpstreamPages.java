package dev.kiln.auth.upstream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.client.RestClientException;

/** Sends people to the provider, where there is one that answers. */
@Controller
class UpstreamPages {

  private static final Logger log = LoggerFactory.getLogger(UpstreamPages.class);

  private final ObjectProvider<Organisation> organisation;

  UpstreamPages(ObjectProvider<Organisation> organisation) {
    this.organisation = organisation;
  }

  @GetMapping("/sign-in/organisation")
  String go() {
    Organisation provider = organisation.getIfAvailable();
    if (provider == null) {
      return "redirect:/sign-in";
    }
    try {
      provider.findByRegistrationId(Organisation.ID);
      return "redirect:" + UpstreamChain.GO + Organisation.ID;
    } catch (RestClientException | IllegalStateException | IllegalArgumentException e) {
      log.warn("The organisation's provider cannot be used: {}", e.getClass().getSimpleName());
      return "redirect:/sign-in?organisation=failed";
    }
  }
}
