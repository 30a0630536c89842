package dev.kiln.auth.signin;

/** What a person calls their browser, from what it calls itself. */
final class Browser {

  private Browser() {}

  /** For example {@code Firefox, Linux}; of what is not known, nothing. */
  static String name(String agent) {
    String text = agent == null ? "" : agent;
    String program = first(text, "Edg/", "Edge", "OPR/", "Opera", "Firefox/", "Firefox");
    if (program.isEmpty()) {
      program = first(text, "Chrome/", "Chrome", "CriOS/", "Chrome", "Safari/", "Safari");
    }
    String system =
        first(text, "iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "Windows", "Windows");
    if (system.isEmpty()) {
      system = first(text, "Mac OS X", "macOS", "CrOS", "ChromeOS", "Linux", "Linux");
    }
    return program.isEmpty() || system.isEmpty() ? program + system : program + ", " + system;
  }

  /** Pairs of a part and what it means; many name others after themselves, so the order matters. */
  private static String first(String text, String... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (text.contains(pairs[i])) {
        return pairs[i + 1];
      }
    }
    return "";
  }
}
