/** What is peculiar to one sender, told in a file instead of in code. */
package dev.kiln.routes.hl7v2.site;
