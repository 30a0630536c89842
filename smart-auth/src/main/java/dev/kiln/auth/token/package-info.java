/** Access tokens and refresh tokens as they are kept, signed and looked up. */
package dev.kiln.auth.token;
