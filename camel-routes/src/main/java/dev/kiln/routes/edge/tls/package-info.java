/** TLS for listeners: their keys and certificates, whom they trust, and when a certificate ends. */
package dev.kiln.routes.edge.tls;
