/** Tries a listener by a test message, step by step. */
package dev.kiln.routes.edge.trial;
