/** Launches of apps out of a record, and the context that they carry. */
@NamedInterface("launch")
package dev.kiln.auth.launch;

import org.springframework.modulith.NamedInterface;
