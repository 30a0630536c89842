/** The hub's one way to send e-mail. */
@NamedInterface("post")
package dev.kiln.auth.post;

import org.springframework.modulith.NamedInterface;
