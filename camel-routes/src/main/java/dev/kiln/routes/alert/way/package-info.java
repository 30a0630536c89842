/** The ways on which people are told, and the words. */
package dev.kiln.routes.alert.way;
