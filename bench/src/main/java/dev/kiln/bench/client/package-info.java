/** Who signs in at a hub and reads from it: a service, and an app in the hands of a person. */
package dev.kiln.bench.client;
