/** The OAuth 2.0 and OpenID Connect endpoints. */
package dev.kiln.auth.endpoint;
