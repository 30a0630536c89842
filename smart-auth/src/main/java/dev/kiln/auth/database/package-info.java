/** The module's database, brought up to date before anything reads it. */
package dev.kiln.auth.database;
