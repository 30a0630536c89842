package dev.kiln.routes.edge.mllp;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.edge.Intake;
import dev.kiln.routes.inbox.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * An intake that keeps its messages in memory. It answers with the acknowledgement code and the
 * tenth field of what begins with MSH; a few contents make it misbehave.
 */
final class KeptMessages implements Intake {

  record Refused(RejectReason reason, String content) {}

  final List<String> accepted = new CopyOnWriteArrayList<>();
  final List<Refused> refused = new CopyOnWriteArrayList<>();
  final CountDownLatch begun = new CountDownLatch(1);
  final CountDownLatch released = new CountDownLatch(1);

  static String message(String id) {
    return message(id, "");
  }

  static String message(String id, String text) {
    return "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|" + id + "|P|2.5\rPID|1||" + text + "\r";
  }

  @Override
  public byte[] accept(byte[] raw) {
    String content = text(raw);
    if (content.contains("overflow")) {
      throw new StackOverflowError();
    }
    if (content.contains("fault")) {
      throw new IllegalStateException("Kettle");
    }
    if (content.contains("wait")) {
      begun.countDown();
      await(released);
    }
    accepted.add(content);
    if (content.contains("silent")) {
      return new byte[0];
    }
    String answer = "AA " + id(content);
    return bytes(content.contains("large answer") ? answer + " ".repeat(32 << 20) : answer);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] refuse(byte[] raw, Refusal why) {
    refused.add(new Refused(why.reason(), text(raw)));
    return bytes("AR " + id(text(raw)));
  }

  @Override
  public byte[] notTaken(byte[] raw) {
    return bytes("AE " + id(text(raw)));
  }

  private static String id(String content) {
    String[] fields = content.split("\\|", 11);
    return content.startsWith("MSH") && fields.length > 9 ? fields[9] : "";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
