package dev.kiln.auth.database;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tables of this module, up to date.
 *
 * @param transactions the module's own; they touch no other schema
 */
public record AuthDatabase(JdbcClient jdbc, TransactionTemplate transactions) {}
