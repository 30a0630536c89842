/** What can be amiss around a hub while senders send, and what they see of it. */
package dev.kiln.bench.outage;
