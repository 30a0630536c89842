/** The sessions in which people are signed in, as far as tokens depend on them. */
@NamedInterface("session")
package dev.kiln.auth.session;

import org.springframework.modulith.NamedInterface;
