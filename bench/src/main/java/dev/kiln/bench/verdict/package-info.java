/** What the hub has made of the messages, held against what they said. */
package dev.kiln.bench.verdict;
