/** What an operator decides about the wire protocols, and how a wrong setting is told. */
@NamedInterface("settings")
package dev.kiln.routes.settings;

import org.springframework.modulith.NamedInterface;
