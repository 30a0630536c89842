/**
 * A server with the pages, for tests, and somebody who uses it. It lies outside of what the
 * authorization server scans for its own configuration.
 */
package dev.kiln.pages;
