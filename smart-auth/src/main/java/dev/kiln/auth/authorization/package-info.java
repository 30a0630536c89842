/** An app's request from its arrival until the person's decision, and what comes of it. */
package dev.kiln.auth.authorization;
