/** The keys of clients, and what they sign with them. */
package dev.kiln.bench.key;
