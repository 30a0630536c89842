/**
 * Random tokens, and the key that seals what must be read again but not by a thief of the database.
 */
@NamedInterface("secret")
package dev.kiln.auth.secret;

import org.springframework.modulith.NamedInterface;
