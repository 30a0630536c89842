package dev.kiln.auth.authorization;

import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;

/**
 * Forgets every consent, so that a person is asked each time. What the library remembered it would
 * add to a later consent, also where the person has unticked it.
 */
final class NoRememberedConsent implements OAuth2AuthorizationConsentService {

  @Override
  public void save(OAuth2AuthorizationConsent consent) {}

  @Override
  public void remove(OAuth2AuthorizationConsent consent) {}

  @Override
  public OAuth2AuthorizationConsent findById(String clientId, String principal) {
    return null;
  }
}
