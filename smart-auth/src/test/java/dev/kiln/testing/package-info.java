/**
 * The whole server, for tests, and those who use it: people, their browsers and apps. It lies
 * outside of what the server scans for its own configuration.
 */
package dev.kiln.testing;
