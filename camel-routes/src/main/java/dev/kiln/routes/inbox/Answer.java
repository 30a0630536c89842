package dev.kiln.routes.inbox;

import dev.kiln.routes.RejectReason;
import java.nio.charset.Charset;

/**
 * What a sender hears of its message.
 *
 * @param bytes the acknowledgement in the format's own form; empty where the sender wants none
 * @param charset what the acknowledgement is written in
 * @param refusal why the message was refused; null where it was accepted
 */
public record Answer(byte[] bytes, Charset charset, RejectReason refusal) {}
