/** Notes who did what that must be answered for, as AuditEvents in the store. */
@NamedInterface("audit")
package dev.kiln.fhir.audit;

import org.springframework.modulith.NamedInterface;
