/** Site profiles of a running hub, tried on kept messages before they are saved. */
package dev.kiln.routes.hl7v2.trial;
