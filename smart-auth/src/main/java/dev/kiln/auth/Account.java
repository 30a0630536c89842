package dev.kiln.auth;

import java.util.Set;

/**
 * Somebody who may sign in.
 *
 * @param id random, for ever theirs; the {@code sub} of their tokens and the name of their
 *     authentication
 * @param name as shown to them
 * @param fhirUser who they are in the store, for example {@code Practitioner/1}; null where the
 *     account is of nobody in the store, such as the first administrator
 * @param roles names of their roles, for example {@code physician}
 */
public record Account(String id, String name, String fhirUser, Set<String> roles) {}
