/** Who pays: insurance and guarantors (chapter 6). */
package dev.kiln.routes.hl7v2.segment.finance;
