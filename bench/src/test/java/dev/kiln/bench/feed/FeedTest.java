package dev.kiln.bench.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sender against receivers that hang up, hesitate, and answer for somebody else. */
class FeedTest {

  @Test
  void whatIsNotAcknowledgedIsSentAgainBeforeAnythingElse() throws Exception {
    // One word for each frame that arrives: acknowledge it, or what else happens.
    List<String> answers = List.of("AA", "hang up", "AA", "AE", "other", "AR", "AA");
    List<String> arrived = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread receiver = new Thread(() -> receive(server, answers, arrived));
      receiver.start();
      Iterator<Message> messages =
          Stream.generate(new Ward("F", 1)::next).limit(4).toList().iterator();
      try (Feed feed = new Feed(server.getLocalPort(), List.of(messages))) {
        feed.allowAll();
        feed.await();
        receiver.join();
        assertThat(arrived).containsExactly("FM1", "FM2", "FM2", "FM3", "FM3", "FM3", "FM4");
        assertThat(feed.deliveries()).extracting(Delivery::tries).containsExactly(1, 2, 3, 1);
        assertThat(feed.deliveries())
            .extracting(Delivery::isAccepted)
            .containsExactly(true, true, false, true);
        assertThat(feed.deliveries().get(2).isRefused()).isTrue();
        assertThat(feed.answered()).isEqualTo(4);
      }
    }
  }

  @Test
  void aMessageWithoutAControlIdIsAcknowledgedWithoutOne() throws Exception {
    Message nameless =
        new Message(
            "", Set.of(), "MSH|^~\\&|||||||ADT^A01||P".getBytes(StandardCharsets.UTF_8), null);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread receiver = new Thread(() -> receive(server, List.of("bare"), new ArrayList<>()));
      receiver.start();
      try (Feed feed = new Feed(server.getLocalPort(), List.of(List.of(nameless).iterator()))) {
        feed.allowAll();
        feed.await();
        assertThat(feed.deliveries()).extracting(Delivery::tries).containsExactly(1);
        assertThat(feed.deliveries().get(0).isAccepted()).isTrue();
      }
    }
  }

  private static void receive(ServerSocket server, List<String> answers, List<String> arrived) {
    Socket socket = null;
    try {
      for (String answer : answers) {
        if (socket == null) {
          socket = server.accept();
        }
        String text = frame(socket.getInputStream());
        while (text == null) {
          socket = server.accept();
          text = frame(socket.getInputStream());
        }
        String controlId = text.split("\\|")[9];
        arrived.add(controlId);
        if (answer.equals("hang up")) {
          socket.close();
          socket = null;
          continue;
        }
        String msa =
            switch (answer) {
              case "other" -> "MSA|AA|somebody";
              case "bare" -> "MSA|AA";
              default -> "MSA|" + answer + "|" + controlId;
            };
        socket
            .getOutputStream()
            .write(("\u000bMSH|^~\\&|\r" + msa + "\r\u001c\r").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns null where the sender has hung up. */
  private static String frame(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next != 0x1c; next = in.read()) {
      if (next < 0) {
        return null;
      }
      bytes.write(next);
    }
    in.read();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
