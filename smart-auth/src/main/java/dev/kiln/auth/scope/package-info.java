/** What scopes mean beside each other: which a registration, a role or a request covers. */
package dev.kiln.auth.scope;
