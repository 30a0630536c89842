/** The keys by which tokens are signed, and their rotation. */
@NamedInterface("key")
package dev.kiln.auth.key;

import org.springframework.modulith.NamedInterface;
