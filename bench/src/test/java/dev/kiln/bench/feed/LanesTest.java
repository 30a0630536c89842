package dev.kiln.bench.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanesTest {

  @Test
  void whoSharesANumberWithSomebodyStaysOnOneConnection() {
    List<List<String>> lanes =
        lanes(
            List.of(
                message("m1", "1"),
                message("m2", "2"),
                message("m3", "3"),
                message("m4", "1", "3"),
                message("m5", "4")),
            4);
    assertThat(lanes).contains(List.of("m1", "m3", "m4"));
    assertThat(lanes).contains(List.of("m2"));
    assertThat(lanes).contains(List.of("m5"));
  }

  @Test
  void everyMessageIsSentOnceAndInItsPatientsOrder() {
    Random random = new Random(5);
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      messages.add(message("m" + i, "p" + random.nextInt(40)));
    }
    List<Iterator<Message>> lanes = Lanes.of(messages, 8);
    List<Message> sent = new ArrayList<>();
    for (Iterator<Message> lane : lanes) {
      lane.forEachRemaining(sent::add);
    }
    assertThat(sent).containsExactlyInAnyOrderElementsOf(messages);
    for (int i = 0; i < 40; i++) {
      String patient = "p" + i;
      assertThat(sent.stream().filter(one -> one.people().contains(patient)))
          .containsExactlyElementsOf(
              messages.stream().filter(one -> one.people().contains(patient)).toList());
    }
  }

  @Test
  void theWorkIsSharedOut() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      messages.add(message("m" + i, "p" + i));
    }
    assertThat(lanes(messages, 8)).allMatch(lane -> lane.size() == 10);
  }

  private static List<List<String>> lanes(List<Message> messages, int connections) {
    List<List<String>> all = new ArrayList<>();
    for (Iterator<Message> lane : Lanes.of(messages, connections)) {
      List<String> ids = new ArrayList<>();
      lane.forEachRemaining(message -> ids.add(message.controlId()));
      all.add(ids);
    }
    return all;
  }

  private static Message message(String controlId, String... people) {
    return new Message(controlId, Set.of(people), new byte[0], null);
  }
}
