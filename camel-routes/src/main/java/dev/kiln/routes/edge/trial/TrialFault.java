package dev.kiln.routes.edge.trial;

import dev.kiln.routes.control.ListenerControl.Fault;

/** Why a step did not succeed. */
public final class TrialFault extends Exception {

  private static final long serialVersionUID = 1L;

  private final Fault fault;

  /**
   * @param text one sentence for who runs the hub
   */
  public TrialFault(Fault fault, String text) {
    super(text);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
