/** What those who run the interfaces ask of them. */
@NamedInterface("control")
package dev.kiln.routes.control;

import org.springframework.modulith.NamedInterface;
