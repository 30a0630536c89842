package dev.kiln.routes.inbox;

import java.util.List;
import org.hl7.fhir.r4.model.Bundle;

/**
 * What a message says, in FHIR.
 *
 * @param bundle a transaction of PUT entries; each resource's id is made from its logical key, so
 *     that the same fact has the same id however often it is told
 * @param warnings what could not be understood, by segment and field; never holds values of a
 *     patient
 */
public record Translation(Bundle bundle, List<String> warnings) {}
