package dev.kiln;

import dev.kiln.routes.control.MessageArchive;
import dev.kiln.routes.control.MessageArchive.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** Kept messages, found by what is sealed in them and no query can see. */
public final class Archived {

  private static final int MOST = 10_000;

  private Archived() {}

  /** Those with that reason whose bytes are as wanted. */
  public static List<MessageArchive.Whole> withReason(String reason, Predicate<String> raw) {
    MessageArchive archive = RunningHub.get().bean(MessageArchive.class);
    return archive
        .find(new Query(null, null, null, null, null, null, null, null, null, reason, null, MOST))
        .stream()
        .flatMap(entry -> archive.read(entry.id()).stream())
        .filter(whole -> raw.test(new String(whole.raw(), StandardCharsets.UTF_8)))
        .toList();
  }
}
