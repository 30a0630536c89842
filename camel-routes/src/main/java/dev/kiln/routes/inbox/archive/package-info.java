/** Finds and shows the messages that are kept. */
package dev.kiln.routes.inbox.archive;
