package dev.kiln.auth;

import java.util.List;

/**
 * An app's request that waits for the person's decision.
 *
 * @param state by which the consent page and the authorization server name the request to each
 *     other; not the app's own
 * @param scopes all that the person may grant
 * @param wantsPatient whether the app wants a patient in context
 * @param patient bare id of the patient in context; null where none is chosen yet
 * @param isStandalone whether the app was opened by itself and not out of a record
 * @param isOwn whether the app is a part of this server, about which nobody is asked
 */
public record PendingAuthorization(
    String state,
    String clientId,
    String clientName,
    List<String> scopes,
    boolean wantsPatient,
    String patient,
    boolean isStandalone,
    boolean isOwn) {}
