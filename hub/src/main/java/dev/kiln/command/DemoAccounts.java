package dev.kiln.command;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kiln.role.HubSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * Opens an account for each role of a demonstration. All have one password, which is another one in
 * each data folder: a demonstration may stand in a network as well.
 */
final class DemoAccounts {

  private static final int REFUSED = 1;
  private static final int TAKEN = 409;
  private static final int RANDOM_BITS = 80;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HubSettings settings;
  private final Local hub;
  private final PrintStream out;

  DemoAccounts(HubSettings settings, PrintStream out) throws Exception {
    this.settings = settings;
    this.hub = new Local(settings);
    this.out = out;
  }

  /**
   * @param file an array of accounts, each with login, name, role and, where the role wants it,
   *     fhirUser
   */
  int open(Path file) throws IOException, InterruptedException {
    String password = password(settings.data().resolve("demo-password"));
    for (JsonNode account : JSON.readTree(file.toFile())) {
      HttpResponse<String> answer =
          hub.post(
              "/operator/accounts",
              JSON.writeValueAsString(((ObjectNode) account).put("password", password)));
      if (answer.statusCode() != 200 && answer.statusCode() != TAKEN) {
        out.println(account.path("login").asText() + ": " + answer.body());
        return REFUSED;
      }
      out.printf("  %-22s %s%n", account.path("login").asText(), account.path("name").asText());
    }
    out.println("  Password of all of them: " + password);
    return 0;
  }

  private static String password(Path file) throws IOException {
    if (Files.notExists(file)) {
      String fresh = "demo-" + new BigInteger(RANDOM_BITS, new SecureRandom()).toString(36);
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(CREATE_NEW, WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        channel.write(ByteBuffer.wrap(fresh.getBytes()));
      }
    }
    return Files.readString(file).strip();
  }
}
