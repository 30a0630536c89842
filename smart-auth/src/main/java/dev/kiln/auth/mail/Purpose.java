package dev.kiln.auth.mail;

import java.util.Locale;

/** What a link is for. */
enum Purpose {
  INVITATION,
  RESET;

  /** As in the link's path, in the table and in the names of messages. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
