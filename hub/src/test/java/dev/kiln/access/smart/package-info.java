/** SMART apps of all kinds, launched at a whole running hub and reading from its store. */
package dev.kiln.access.smart;
