/** HL7 v2 over HTTP, at the hub's own web server. */
package dev.kiln.routes.edge.http;
