package dev.kiln.routes.inbox;

import dev.kiln.routes.RejectReason;

/**
 * Why and where a message is refused.
 *
 * @param reason decides the acknowledgement code
 * @param location the place in ERR-2's form, for example {@code MSH^1^9}; empty where there is none
 * @param detail one sentence for the person who runs the sender; never holds values of a patient
 */
public record Refusal(RejectReason reason, String location, String detail) {}
