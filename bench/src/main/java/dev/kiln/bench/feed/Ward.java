package dev.kiln.bench.feed;

import dev.kiln.bench.feed.Message.Effect;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes up an endless flow of messages about a few patients at a time: each is admitted, changed,
 * examined and discharged. Every ADT message moves its patient to an address that no other message
 * names and every result has its own number, so that the store shows whose word came last. The same
 * seed gives the same messages.
 */
public final class Ward implements Iterator<Message> {

  private static final int BEDS = 3;
  private static final List<String> FAMILIES = List.of("Clay", "Glaze", "Slip", "Bisque", "Grog");
  private static final List<String> GIVEN = List.of("Ember", "Flint", "Opal", "Umber", "Sienna");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  /** Each message is a second later than the one before, as a sender's clock goes on. */
  private static final LocalDateTime BEGIN = LocalDateTime.of(2026, 3, 1, 0, 0);

  private final Random random;
  private final String name;
  private final List<Stay> beds = new ArrayList<>();
  private int patients;
  private int messages;

  private static final class Stay {
    String patient;
    String person;
    String visit;
    String admitted;
    int told;
  }

  /**
   * @param name begins every number, and so keeps the patients of several wards apart; at most 12
   *     letters and digits
   */
  public Ward(String name, long seed) {
    this.name = name;
    this.random = new Random(seed ^ name.hashCode());
    for (int i = 0; i < BEDS; i++) {
      beds.add(new Stay());
    }
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Message next() {
    messages++;
    Stay stay = beds.get(random.nextInt(BEDS));
    if (stay.told == 0) {
      return admit(stay);
    }
    stay.told++;
    int die = random.nextInt(10);
    if (die < 4) {
      return result(stay);
    }
    if (die == 4 && stay.told > 4) {
      stay.told = 0;
      return adt("A03", "ADT_A03", stay, now());
    }
    return adt("A08", "ADT_A01", stay, "");
  }

  private Message admit(Stay stay) {
    patients++;
    stay.told = 1;
    stay.patient = name + "P" + patients;
    stay.visit = name + "V" + patients;
    stay.person =
        "%s^%s||%d%02d%02d|%s"
            .formatted(
                FAMILIES.get(random.nextInt(FAMILIES.size())),
                GIVEN.get(random.nextInt(GIVEN.size())),
                1930 + random.nextInt(90),
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextBoolean() ? "F" : "M");
    stay.admitted = now();
    return adt("A01", "ADT_A01", stay, "");
  }

  private Message adt(String event, String structure, Stay stay, String discharged) {
    String mark = messages + " Kiln Lane " + name;
    String text =
        """
        MSH|^~\\&|REG|BENCH|KILN|HUB|%1$s||ADT^%2$s^%3$s|%4$s|P|2.5.1
        EVN|%2$s|%1$s
        PID|1||%5$s^^^BENCH&2.999.9&ISO^MR||%6$s|||%7$s^^Springfield^IL^62701
        PV1|1|I|W1^%8$d^A^BENCH||||||||||||||||%9$s^^^BENCH&2.999.9&ISO^VN|||||||||||||||||||||||||%10$s|%11$s
        """
            .formatted(
                now(),
                event,
                structure,
                controlId(),
                stay.patient,
                stay.person,
                mark,
                100 + random.nextInt(20),
                stay.visit,
                stay.admitted,
                discharged);
    return message(text, new Effect(stay.patient, stay.visit, mark, false));
  }

  private Message result(Stay stay) {
    String order = name + "F" + messages;
    String text =
        """
        MSH|^~\\&|LAB|BENCH|KILN|HUB|%1$s||ORU^R01^ORU_R01|%2$s|P|2.5.1
        PID|1||%3$s^^^BENCH&2.999.9&ISO^MR||%4$s
        PV1|1|I|||||||||||||||||%5$s^^^BENCH&2.999.9&ISO^VN
        OBR|1||%6$s^LAB|2345-7^Glucose^LN|||%1$s|||||||||||||||%1$s||LAB|F
        OBX|1|NM|2345-7^Glucose^LN||%7$d|mmol/L^^UCUM|3.9-6.1|N|||F|||%1$s
        """
            .formatted(now(), controlId(), stay.patient, stay.person, stay.visit, order, messages);
    return message(text, new Effect(stay.patient, stay.visit, order, true));
  }

  private Message message(String text, Effect effect) {
    return new Message(
        controlId(),
        Set.of(effect.patient()),
        text.replace('\n', '\r').getBytes(StandardCharsets.UTF_8),
        effect);
  }

  private String controlId() {
    return name + "M" + messages;
  }

  private String now() {
    return TIME.format(BEGIN.plusSeconds(messages)) + "+0000";
  }
}
