/** Orders, specimens and what was observed (chapters 4 and 7). */
package dev.kiln.routes.hl7v2.segment.order;
