package dev.kiln.routes.alert.way;

import java.util.ArrayList;
import java.util.List;

/** An alert in the words of people. */
record Letter(String subject, String text) {

  static Letter of(Notice notice) {
    String what = what(notice);
    String subject =
        switch (notice.event()) {
          case Notice.ENDED -> "Over: " + what;
          case Notice.REMINDED -> "Still: " + what;
          default -> what;
        };
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (notice.event()) {
          case Notice.ENDED -> what + ": this is over.";
          case Notice.REMINDED -> what + ": this goes on.";
          default -> what + ".";
        });
    lines.add("");
    add(lines, "Listener", notice.listener());
    add(lines, "Sender", notice.sender());
    add(lines, "Reason", notice.reason());
    if (notice.count() > 0) {
      add(lines, "Count", Long.toString(notice.count()));
    }
    add(lines, notice.kind().equals("certificate-ends") ? "Ends" : "Since", notice.since());
    add(lines, "Seen", notice.at());
    lines.add("");
    lines.add(notice.link());
    return new Letter("[Kiln] " + subject, String.join("\n", lines) + "\n");
  }

  private static String what(Notice notice) {
    String listener = "listener " + notice.listener();
    return switch (notice.kind()) {
      case "dead-letters" -> "Dead letters of " + sender(notice);
      case "lanes-blocked" -> "Messages of " + listener + " are blocked by a passing fault";
      case "messages-wait" -> "Messages of " + listener + " wait for long";
      case "listener-silent" -> "Nothing has reached " + listener;
      case "certificate-ends" -> "The certificate of " + listener + " ends";
      case "inbox-cannot-commit" -> "No message can be taken in";
      case "polling-fails" -> "Messages cannot be fetched for " + listener;
      default -> notice.kind() + " " + notice.listener();
    };
  }

  private static String sender(Notice notice) {
    return notice.sender().isBlank() ? "a sender without a name" : notice.sender();
  }

  private static void add(List<String> lines, String name, String value) {
    if (!value.isEmpty()) {
      lines.add(name + ": " + value);
    }
  }
}
