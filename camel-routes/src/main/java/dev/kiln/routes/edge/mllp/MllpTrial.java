package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.control.ListenerControl.Fault;
import dev.kiln.routes.control.ListenerControl.Stage;
import dev.kiln.routes.edge.tls.SenderView;
import dev.kiln.routes.edge.tls.ServerTls;
import dev.kiln.routes.edge.trial.TrialFault;
import dev.kiln.routes.edge.trial.TrialRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Sends a test message to a port of the hub's own, over the network as its senders do. */
final class MllpTrial {

  private static final String WANTS_CERTIFICATE =
      "The certificate is shown. The listener wants one of its senders as well, and the hub has"
          + " none: tried as far as the handshake.";

  private final TrialRun run;
  private final InetSocketAddress to;
  private final SenderView tls;
  private Socket channel = new Socket();

  private MllpTrial(TrialRun run, InetSocketAddress to, SenderView tls) {
    this.run = run;
    this.to = to;
    this.tls = tls;
  }

  /**
   * @param address that the listener binds
   * @param tls null where it speaks none
   */
  static void run(TrialRun run, String address, int port, ServerTls tls) {
    SenderView view = tls == null ? null : tls.sender();
    MllpTrial trial = new MllpTrial(run, new InetSocketAddress(reachable(address), port), view);
    try {
      trial.run();
    } finally {
      trial.close();
    }
  }

  private static InetAddress reachable(String address) {
    InetAddress bound = new InetSocketAddress(address, 0).getAddress();
    return bound == null || bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
  }

  private void run() {
    run.step(Stage.CONNECTED, this::connect);
    if (tls != null) {
      run.step(
          Stage.TLS,
          tls.wantsCertificate() ? WANTS_CERTIFICATE : "",
          () -> channel = tls.handshake(channel, run));
      if (tls.wantsCertificate()) {
        run.endHere();
      }
    }
    run.step(Stage.SENT, this::send).step(Stage.ACKNOWLEDGED, () -> run.answered(answer()));
  }

  private void connect() throws TrialFault {
    try {
      channel.connect(to, millis());
      channel.setSoTimeout(millis());
      channel.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new TrialFault(
          Fault.REFUSED, "Port " + to.getPort() + " takes no connection: " + e.getMessage() + ".");
    }
  }

  private void send() throws TrialFault {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(MllpFrames.START);
    frame.writeBytes(run.bytes());
    frame.write(MllpFrames.END);
    frame.write(MllpFrames.CR);
    try {
      channel.getOutputStream().write(frame.toByteArray());
    } catch (IOException e) {
      throw new TrialFault(Fault.NOT_SENT, "The connection broke: " + e.getMessage() + ".");
    }
  }

  private byte[] answer() throws TrialFault {
    long end = System.nanoTime() + TrialRun.PATIENCE.toNanos();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      InputStream in = channel.getInputStream();
      for (int next = in.read(); next != MllpFrames.END; next = in.read()) {
        if (next < 0) {
          throw new TrialFault(
              Fault.NO_ANSWER, "The listener closed the connection without an answer.");
        }
        if (next != MllpFrames.START) {
          answer.write(next);
        }
        channel.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
      return answer.toByteArray();
    } catch (SocketTimeoutException e) {
      throw new TrialFault(Fault.NO_ANSWER, "No answer within " + millis() / 1000 + " s.");
    } catch (IOException e) {
      throw new TrialFault(Fault.NO_ANSWER, "The connection broke: " + e.getMessage() + ".");
    }
  }

  private static int millis() {
    return (int) TrialRun.PATIENCE.toMillis();
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It has done what it was for.
    }
  }
}
