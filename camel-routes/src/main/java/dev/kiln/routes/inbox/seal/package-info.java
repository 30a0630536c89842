/** Seals what messages say, so that the database alone tells nothing of it. */
package dev.kiln.routes.inbox.seal;
