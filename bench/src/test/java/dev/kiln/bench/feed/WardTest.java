package dev.kiln.bench.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.bench.feed.Message.Effect;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WardTest {

  private final List<Message> messages =
      Stream.generate(new Ward("W", 1)::next).limit(500).toList();

  @Test
  void theSameSeedGivesTheSameMessages() {
    assertThat(Stream.generate(new Ward("W", 1)::next).limit(500).map(WardTest::text))
        .containsExactlyElementsOf(messages.stream().map(WardTest::text).toList());
    assertThat(text(new Ward("W", 2).next())).isNotEqualTo(text(messages.get(0)));
  }

  @Test
  void everyMessageHasItsOwnControlIdAndMark() {
    Set<String> seen = new HashSet<>();
    for (Message message : messages) {
      assertThat(message.controlId()).hasSizeLessThanOrEqualTo(20);
      assertThat(seen.add(message.controlId())).isTrue();
      assertThat(seen.add(message.effect().mark())).isTrue();
      assertThat(text(message)).contains(message.effect().mark());
    }
  }

  @Test
  void aPatientIsAdmittedFirstAndDischargedLast() {
    Map<String, String> last = new HashMap<>();
    for (Message message : messages) {
      Effect effect = message.effect();
      String type = text(message).split("\\|")[8];
      String before = last.put(effect.patient(), type);
      assertThat(type.startsWith("ADT^A01")).isEqualTo(before == null);
      assertThat(before).isNotEqualTo("ADT^A03^ADT_A03");
    }
    assertThat(last.values()).contains("ADT^A03^ADT_A03");
  }

  @Test
  void fieldsStandWhereTheStandardHasThem() {
    for (Message message : messages) {
      for (String segment : text(message).split("\r")) {
        String[] fields = segment.split("\\|", -1);
        if (fields[0].equals("PV1")) {
          assertThat(fields[19]).startsWith(message.effect().visit() + "^^^");
          assertThat(fields.length > 44).isNotEqualTo(message.effect().isResult());
        }
        if (fields[0].equals("PID") && !message.effect().isResult()) {
          assertThat(fields[11]).startsWith(message.effect().mark() + "^^");
        }
        if (fields[0].equals("OBR")) {
          assertThat(fields[3]).isEqualTo(message.effect().mark() + "^LAB");
          assertThat(fields[25]).isEqualTo("F");
        }
        if (fields[0].equals("OBX")) {
          assertThat(fields[11]).isEqualTo("F");
        }
      }
    }
  }

  private static String text(Message message) {
    return new String(message.bytes(), StandardCharsets.UTF_8);
  }
}
