/** Keeps what no translator understands as a document in the chart. */
package dev.kiln.routes.hl7v2.document;
