package dev.kiln.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One query of the dashboard.
 *
 * @param expression in PromQL
 * @param metrics which it reads, with the labels that it compares
 * @param groups labels by which it sums up, or that its legend shows
 */
record DashboardQuery(String expression, List<Metric> metrics, Set<String> groups) {

  private static final Pattern GROUP = Pattern.compile("\\b(?:by|on|without)\\s*\\(([^)]*)\\)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final Pattern COMPARED = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");

  /** A name that is not a function's, and the braces behind it. */
  private static final Pattern METRIC =
      Pattern.compile("(?<![\\w$\"])([a-zA-Z_:][\\w:]*)\\b(?!\\s*\\()\\s*(\\{[^}]*})?");

  record Metric(String name, Set<String> labels) {}

  /** All that the panels and the variables of a dashboard ask. */
  static List<DashboardQuery> of(Path dashboard) throws IOException {
    JsonNode all = new ObjectMapper().readTree(Files.readString(dashboard));
    List<DashboardQuery> queries = new ArrayList<>();
    for (JsonNode panel : all.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            of(target.path("expr").asText(), names(LEGEND, target.path("legendFormat").asText())));
      }
    }
    for (JsonNode variable : all.at("/templating/list")) {
      Matcher values =
          Pattern.compile("label_values\\(([\\w:]+), *(\\w+)\\)")
              .matcher(variable.path("definition").asText());
      if (values.matches()) {
        queries.add(
            new DashboardQuery(
                values.group(),
                List.of(new Metric(values.group(1), Set.of(values.group(2)))),
                Set.of()));
      }
    }
    return queries;
  }

  static DashboardQuery of(String expression, Set<String> legend) {
    Set<String> groups = new TreeSet<>(legend);
    Matcher group = GROUP.matcher(expression);
    while (group.find()) {
      groups.addAll(List.of(group.group(1).trim().split("\\s*,\\s*")));
    }
    // Durations, and what is no metric, go.
    String bare = GROUP.matcher(expression).replaceAll(" ").replaceAll("\\[[^]]*]", " ");
    List<Metric> metrics = new ArrayList<>();
    Matcher metric = METRIC.matcher(bare);
    while (metric.find()) {
      String name = metric.group(1);
      if (!Set.of("and", "or", "unless", "bool", "offset", "by", "sum", "max", "min")
          .contains(name)) {
        String braces = metric.group(2) == null ? "" : metric.group(2);
        metrics.add(new Metric(name, names(COMPARED, braces.replaceAll("\"[^\"]*\"", "\"\""))));
      }
    }
    return new DashboardQuery(expression, metrics, groups);
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
