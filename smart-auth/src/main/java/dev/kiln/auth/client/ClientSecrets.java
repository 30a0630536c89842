package dev.kiln.auth.client;

import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * How secrets of clients are compared with their hashes. A type of its own, so that it is no bean
 * that others would take for the one of passwords.
 */
public record ClientSecrets(PasswordEncoder encoder) {}
