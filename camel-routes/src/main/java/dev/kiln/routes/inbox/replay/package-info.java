/** Brings kept messages back, and says first what would come of it. */
package dev.kiln.routes.inbox.replay;
