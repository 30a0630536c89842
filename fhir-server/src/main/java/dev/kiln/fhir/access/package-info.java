/**
 * What the holder of a token may do with the resources: judged on each resource as it is stored.
 */
@NamedInterface("access")
package dev.kiln.fhir.access;

import org.springframework.modulith.NamedInterface;
