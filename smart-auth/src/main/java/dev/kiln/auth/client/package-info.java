/** The registered apps and services. */
@NamedInterface("client")
package dev.kiln.auth.client;

import org.springframework.modulith.NamedInterface;
