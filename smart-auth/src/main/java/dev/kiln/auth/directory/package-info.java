/** The accounts as those see and change them who look after them all. */
@NamedInterface("directory")
package dev.kiln.auth.directory;

import org.springframework.modulith.NamedInterface;
