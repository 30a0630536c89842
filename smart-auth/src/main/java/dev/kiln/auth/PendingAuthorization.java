package dev.kiln.auth;

import java.util.List;

/**
 * An app's request that waits for the person's decision.
 *
 * @param state names the request on the consent page
 * @param scopes as they would be granted if the person allowed everything
 * @param wantsPatient whether the app asked for a patient in context
 * @param patient bare id of the one that has been chosen; null where none has
 * @param isStandalone false where an EHR has launched the app
 */
public record PendingAuthorization(
    String state,
    String clientId,
    String clientName,
    List<String> scopes,
    boolean wantsPatient,
    String patient,
    boolean isStandalone) {}
