package dev.kiln.command.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of many messages. Each message is counted in exactly one of {@code applied}, {@code
 * appliedWithWarnings}, {@code documentOnly}, {@code rejected}, {@code exceptions} and {@code
 * silentEmpty}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
final class CorpusCount {

  private static final int MOST_UNREAD = 10;

  /** Only of the whole; null in the counts by type. */
  @JsonProperty Integer files;

  @JsonProperty int messages;
  @JsonProperty int applied;
  @JsonProperty int appliedWithWarnings;
  @JsonProperty int documentOnly;
  @JsonProperty int rejected;
  @JsonProperty int exceptions;
  @JsonProperty int silentEmpty;
  @JsonProperty int resources;
  @JsonProperty int validationErrors;
  @JsonProperty int populatedFields;
  @JsonProperty int unreadFields;
  @JsonProperty Map<String, CorpusCount> perType;
  @JsonProperty final Map<String, Integer> rejectedBy = new TreeMap<>();
  @JsonProperty long millisCpu;

  final Map<String, Integer> unread = new TreeMap<>();
  long nanosCpu;

  /** The fields that most messages have and nobody reads. */
  @JsonProperty
  Map<String, Integer> topUnread() {
    return unread.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_UNREAD)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
  }

  boolean isFaulty() {
    return exceptions > 0 || silentEmpty > 0 || validationErrors > 0;
  }
}
