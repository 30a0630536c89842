package dev.kiln.auth.assertion;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the key sets of clients may be read from.
 *
 * @param privateAddresses Also from private networks and over plain http; for development, never
 *     for an installation that others reach
 */
@ConfigurationProperties("kiln.auth.key-sets")
record KeySetSettings(@DefaultValue("false") boolean privateAddresses) {}
