package dev.kiln.routes.hl7v2.anatomy;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Group;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.v251.message.ACK;
import ca.uhn.hl7v2.parser.DefaultModelClassFactory;
import ca.uhn.hl7v2.parser.ModelClassFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class FieldTitlesTest {

  private final FieldTitles titles = new FieldTitles();

  /** HAPI's classes are generated from the standard's own database. */
  @Test
  void areThoseOfTheStandard() throws Exception {
    Resource[] classes =
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:ca/uhn/hl7v2/model/v251/segment/*.class");
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (Resource file : classes) {
      String name = file.getFilename().replace(".class", "");
      String[] names = segment(name).getNames();
      for (int i = 0; i < names.length; i++) {
        compared++;
        String title = names[i].strip().replaceAll("\\s+", " ");
        if (!titles.of(name, i + 1).equals(title)) {
          wrong.add(name + "-" + (i + 1) + "," + title);
        }
      }
      if (!titles.of(name, names.length + 1).isEmpty()) {
        wrong.add(name + "-" + (names.length + 1) + " is none");
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(2_000);
  }

  private static Segment segment(String name) throws ReflectiveOperationException, HL7Exception {
    return (Segment)
        Class.forName("ca.uhn.hl7v2.model.v251.segment." + name)
            .getConstructor(Group.class, ModelClassFactory.class)
            .newInstance(new ACK(), new DefaultModelClassFactory());
  }

  @Test
  void aSegmentOfTheSendersOwnHasNone() {
    assertThat(titles.of("PID", 5)).isEqualTo("Patient Name");
    assertThat(titles.of("PID", 99)).isEmpty();
    assertThat(titles.of("ZPI", 1)).isEmpty();
  }
}
