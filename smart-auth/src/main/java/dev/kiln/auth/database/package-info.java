/** The module's database, brought up to date before anything reads it, and how it keeps secrets. */
package dev.kiln.auth.database;
