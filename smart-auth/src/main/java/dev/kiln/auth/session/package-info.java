/** The sessions in which people are signed in, as far as tokens depend on them. */
package dev.kiln.auth.session;
