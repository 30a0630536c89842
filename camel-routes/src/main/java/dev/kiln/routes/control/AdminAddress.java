package dev.kiln.routes.control;

/**
 * Where people see more of what an alert says.
 *
 * @param url address of the administrators' app
 */
public record AdminAddress(String url) {}
