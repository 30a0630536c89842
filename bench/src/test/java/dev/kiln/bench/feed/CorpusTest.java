package dev.kiln.bench.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

  @TempDir Path folder;

  @Test
  void everyMessageOfAFileIsFoundAlsoInABatch() throws Exception {
    write(
        "a.hl7",
        """
        FHS|^~\\&
        BHS|^~\\&
        MSH|^~\\&|A|B|C|D|20260301||ADT^A01|1|P|2.5
        PID|1||11^^^H~12^^^H||X
        MSH|^~\\&|A|B|C|D|20260301||ADT^A40^ADT_A39|2|P|2.5
        PID|1|13|14
        MRG|15
        BTS|2
        FTS|1
        """);
    write("b.hl7", "MSH|^~\\&|A|B|C|D|20260301||MDM^T02|3|P|2.5\nPID|1||16\n");
    write("note.txt", "no message");
    List<Message> messages = Corpus.messages(folder);
    assertThat(messages).extracting(Message::controlId).containsExactly("1", "2");
    assertThat(messages.get(0).people()).containsExactlyInAnyOrder("11", "12");
    assertThat(messages.get(1).people()).containsExactlyInAnyOrder("13", "14", "15");
    assertThat(new String(messages.get(1).bytes(), StandardCharsets.ISO_8859_1))
        .startsWith("MSH|")
        .endsWith("MRG|15\r");
  }

  @Test
  void otherDelimitersAndCharactersAreKept() throws Exception {
    String text = "MSH#*!\\&#A#B#C#D#20260301##ORU*R01#7#P#2.5\rPID#1##21*4*M!22##M\u00fcller\r";
    Files.write(folder.resolve("c.hl7"), text.getBytes(StandardCharsets.ISO_8859_1));
    Message message = Corpus.messages(folder).get(0);
    assertThat(message.people()).containsExactlyInAnyOrder("21", "22");
    assertThat(message.bytes()).isEqualTo(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void theSameMessageTwiceIsOne() throws Exception {
    write("a.hl7", "MSH|^~\\&|A|B|C|D|20260301||ADT^A01|1|P|2.5\nPID|1||11\n");
    write("b.hl7", "MSH|^~\\&|A|B|C|D|20260301||ADT^A01|1|P|2.5\r\nPID|1||11\r\n");
    assertThat(Corpus.messages(folder)).hasSize(1);
  }

  @Test
  void everyMessageWantsItsAcknowledgement() throws Exception {
    write("a.hl7", "MSH|^~\\&|A|B|C|D|20260301||ADT^A01|1|P|2.5|||NE|AL|US\nPID|1||11\n");
    assertThat(new String(Corpus.messages(folder).get(0).bytes(), StandardCharsets.ISO_8859_1))
        .isEqualTo("MSH|^~\\&|A|B|C|D|20260301||ADT^A01|1|P|2.5|||||US\rPID|1||11\r");
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }
}
