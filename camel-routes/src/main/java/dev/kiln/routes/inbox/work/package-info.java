/** The threads that apply messages, and how they tell a passing fault from a lasting one. */
package dev.kiln.routes.inbox.work;
