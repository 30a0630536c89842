/** What is given in exchange for a code or a refresh token. */
package dev.kiln.auth.exchange;
