package dev.kiln.routes.edge;

import dev.kiln.routes.RejectReason;
import dev.kiln.routes.inbox.Answer;
import dev.kiln.routes.inbox.Refusal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * An intake that keeps its messages in memory. It answers with the acknowledgement code and the
 * tenth field of what begins with MSH; a few contents make it misbehave.
 */
public final class KeptMessages implements Intake {

  public record Refused(RejectReason reason, String content) {}

  public final List<String> accepted = new CopyOnWriteArrayList<>();
  public final List<Refused> refused = new CopyOnWriteArrayList<>();
  public final CountDownLatch begun = new CountDownLatch(1);
  public final CountDownLatch released = new CountDownLatch(1);

  public static String message(String id) {
    return message(id, "");
  }

  public static String message(String id, String text) {
    return "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|" + id + "|P|2.5\rPID|1||" + text + "\r";
  }

  @Override
  public Answer accept(byte[] raw, Charset declared) {
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
    if (content.contains("disk full")) {
      return notTaken(raw);
    }
    if (content.contains("not applied")) {
      return answer("AE " + id(content), RejectReason.NOT_APPLIED);
    }
    if (content.contains("version 3")) {
      return refuse(raw, new Refusal(RejectReason.UNSUPPORTED_VERSION, "", ""));
    }
    accepted.add(content);
    if (content.contains("silent")) {
      return answer("", null);
    }
    String answer = "AA " + id(content);
    return answer(content.contains("large answer") ? answer + " ".repeat(32 << 20) : answer, null);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Answer refuse(byte[] raw, Refusal why) {
    refused.add(new Refused(why.reason(), text(raw)));
    return answer("AR " + id(text(raw)), why.reason());
  }

  @Override
  public Answer notTaken(byte[] raw) {
    return answer("AE " + id(text(raw)), RejectReason.NOT_STORED);
  }

  private static Answer answer(String text, RejectReason refusal) {
    return new Answer(bytes(text), StandardCharsets.ISO_8859_1, refusal);
  }

  private static String id(String content) {
    String[] fields = content.split("\\|", 11);
    return content.startsWith("MSH") && fields.length > 9 ? fields[9] : "";
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
