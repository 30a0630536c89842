package dev.kiln.routes.edge;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.RoutesSettings;
import dev.kiln.routes.inbox.Inbox;
import dev.kiln.routes.inbox.MessageFormat;
import dev.kiln.routes.inbox.Receipt;
import dev.kiln.routes.inbox.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mllp.MllpComponent;
import org.apache.camel.component.mllp.MllpConstants;

/**
 * Listens for HL7 v2 messages in MLLP frames (HL7 "Transport Specification: MLLP, Release 1").
 * Camel reads the frames; the acknowledgement is ours, since it may leave only after the commit.
 */
final class MllpEdge extends RouteBuilder {

  private static final Receipt NOT_TAKEN =
      Receipt.unreadable(
          new Refusal(RejectReason.NOT_STORED, "", "The message could not be taken in."));

  private final RoutesSettings.Mllp settings;
  private final Inbox inbox;
  private final MessageFormat format;

  MllpEdge(RoutesSettings.Mllp settings, Inbox inbox, MessageFormat format) {
    this.settings = settings;
    this.inbox = inbox;
    this.format = format;
  }

  @Override
  public void configure() {
    MllpComponent mllp = getContext().getComponent("mllp", MllpComponent.class);
    // The component's own log lines quote messages unless told not to.
    mllp.setLogPhi(false);
    String source = "mllp:" + settings.port();
    fromF(
            "mllp:%s:%d?autoAck=false&stringPayload=false&hl7Headers=false&validatePayload=false"
                + "&maxConcurrentConsumers=%d&maxBufferSize=%d"
                + "&receiveBufferSize=65536&minBufferSize=65536",
            settings.address(),
            settings.port(),
            settings.maxConnections(),
            settings.maxMessageSize().toBytes())
        .routeId("edge.mllp")
        .process(
            exchange ->
                exchange.setProperty(MllpConstants.MLLP_ACKNOWLEDGEMENT, answer(exchange, source)));
  }

  /**
   * Whatever happens, the sender gets an answer: one that gets none waits, and its messages with
   * it.
   */
  private byte[] answer(Exchange exchange, String source) throws InvalidPayloadException {
    byte[] raw = exchange.getMessage().getMandatoryBody(byte[].class);
    try {
      return inbox.accept(format, raw, source);
    } catch (RuntimeException | StackOverflowError e) {
      log.error("A message could not be taken in: {}", e.getClass().getName());
      return format.acknowledge(new byte[0], NOT_TAKEN);
    }
  }
}
