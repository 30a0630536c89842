/** The tables of the inbox: what has arrived, in which lanes it waits, and who works on it. */
package dev.kiln.routes.inbox.queue;
