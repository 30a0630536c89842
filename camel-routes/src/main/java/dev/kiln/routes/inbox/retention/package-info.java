/** How long finished messages are kept. */
package dev.kiln.routes.inbox.retention;
