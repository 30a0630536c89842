package dev.kiln.routes.edge;

import java.util.Map;

/**
 * The listeners of one kind.
 *
 * @param byName no name is that of a listener of another kind
 */
public record Ways(Map<String, ? extends Way> byName) {}
