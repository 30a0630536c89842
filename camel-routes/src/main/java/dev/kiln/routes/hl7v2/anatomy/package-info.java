/** Messages taken apart for those who look at them. */
package dev.kiln.routes.hl7v2.anatomy;
