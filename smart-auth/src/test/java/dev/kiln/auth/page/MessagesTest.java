package dev.kiln.auth.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.auth.account.PasswordRules.Fault;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private final Properties english = read("en");
  private final Properties spanish = read("es");

  @Test
  void bothLanguagesHaveTheSameMessages() {
    assertThat(spanish.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
  }

  /** What a message quotes is quoted in both, and an apostrophe would quote what follows it. */
  @Test
  void bothLanguagesQuoteTheSame() {
    for (String key : english.stringPropertyNames()) {
      assertThat(quoted(spanish.getProperty(key)))
          .as(key)
          .isEqualTo(quoted(english.getProperty(key)));
      assertThat(english.getProperty(key) + spanish.getProperty(key)).as(key).doesNotContain("'");
      assertThat(spanish.getProperty(key)).as(key).isNotBlank();
    }
  }

  @Test
  void everyMessageThatAPageNamesIsThere() throws IOException {
    Pattern named = Pattern.compile("#\\{([a-z][A-Za-z0-9.-]*)[(}]");
    Set<String> missing = new TreeSet<>();
    try (Stream<Path> pages = Files.walk(Path.of("src/main/resources/templates"))) {
      for (Path page : pages.filter(Files::isRegularFile).toList()) {
        Matcher found = named.matcher(Files.readString(page));
        while (found.find()) {
          if (!english.containsKey(found.group(1))) {
            missing.add(page.getFileName() + ": " + found.group(1));
          }
        }
      }
    }
    Arrays.stream(Fault.values())
        .map(fault -> "password." + fault)
        .filter(key -> !english.containsKey(key))
        .forEach(missing::add);
    assertThat(missing).isEmpty();
  }

  private static Set<String> quoted(String message) {
    Set<String> quoted = new TreeSet<>();
    Matcher found = Pattern.compile("\\{\\d").matcher(message);
    while (found.find()) {
      quoted.add(found.group());
    }
    return quoted;
  }

  private static Properties read(String language) {
    Properties messages = new Properties();
    try (Reader file =
        new InputStreamReader(
            MessagesTest.class.getResourceAsStream("messages_" + language + ".properties"),
            StandardCharsets.UTF_8)) {
      messages.load(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return messages;
  }
}
