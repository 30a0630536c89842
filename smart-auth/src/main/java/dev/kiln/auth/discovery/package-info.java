/**
 * What tells apps where the endpoints are and what the server can do, and which web pages may ask.
 */
package dev.kiln.auth.discovery;
