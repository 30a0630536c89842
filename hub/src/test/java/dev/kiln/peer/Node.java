package dev.kiln.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of Node.js that use the pinned npm libraries. */
final class Node {

  static final Path FOLDER = Path.of("src/test/npm");

  static final String MISSING =
      "node-hl7-client and node-hl7-server are not tried: they want Node.js 20 or newer, and npm ci"
          + " in hub/src/test/npm.";

  private Node() {}

  static boolean isThere() {
    if (!Files.exists(FOLDER.resolve("node_modules/node-hl7-server/package.json"))
        || !Files.exists(FOLDER.resolve("node_modules/node-hl7-client/package.json"))) {
      return false;
    }
    try {
      Process node = new ProcessBuilder("node", "--version").start();
      try (BufferedReader told = node.inputReader()) {
        String version = String.valueOf(told.readLine());
        return version.matches("v\\d+\\..*") && Integer.parseInt(version.split("[v.]")[1]) >= 20;
      }
    } catch (IOException e) {
      return false;
    }
  }

  static Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(FOLDER.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static JsonNode read(String line) throws IOException {
    return new ObjectMapper().readTree(String.valueOf(line));
  }
}
