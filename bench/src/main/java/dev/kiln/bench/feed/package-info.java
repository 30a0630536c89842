/** The senders: HL7 v2 messages, made up or read from files, and the connections they go over. */
package dev.kiln.bench.feed;
