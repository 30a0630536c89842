package dev.kiln.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kiln.Archived;
import dev.kiln.Messages;
import dev.kiln.Mllp;
import dev.kiln.RunningHub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What is no whole frame reaches the inbox all the same, refused, and is answered where it may. */
class FramingIT {

  private final RunningHub hub = RunningHub.get();
  private final String id = UUID.randomUUID().toString().substring(0, 12);

  @Test
  void aFrameBeyondTheLimitIsRefusedUnderItsOwnControlId() throws Exception {
    String large =
        "MSH|^~\\&|LAB|HOSP|KILN|HUB|20260301||ORU^R01|L"
            + id
            + "|P|2.5\rPID|1||"
            + id
            + "\rNTE|1||";
    try (Mllp sender = new Mllp(hub.mllpPort())) {
      assertThat(sender.send(large + "x".repeat(17 << 20)))
          .contains("MSA|AR|L" + id + "\r")
          .contains("104^Value too long^HL70357");
      assertThat(sender.send(Messages.admission("L" + id, "A" + id))).contains("MSA|AA|A" + id);
    }
    assertThat(
            rows(
                "reason = 'FRAME_TOO_LARGE' and control_id = 'L"
                    + id
                    + "' and length(raw) = 16777216 + 28"))
        .isEqualTo(1);
  }

  @Test
  void noiseIsKeptAndTheFrameBehindItIsTheOneThatIsAnswered() throws Exception {
    String noise = "noise " + id;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.mllpPort())) {
      socket.setSoTimeout(60_000);
      String message =
          Messages.admission("N" + id, "N" + id).strip().replace("\r\n", "\r").replace('\n', '\r');
      socket
          .getOutputStream()
          .write((noise + "\u000b" + message + "\u001c\r").getBytes(StandardCharsets.UTF_8));
      assertThat(answer(socket)).contains("MSA|AA|N" + id);
      socket.getOutputStream().write(("\u000bMSH|^~\\&|cut " + id).getBytes());
      socket.shutdownOutput();
      assertThat(answer(socket)).isEmpty();
    }
    assertThat(Archived.withReason("NOT_FRAMED", noise::equals)).hasSize(1);
    assertThat(Archived.withReason("FRAGMENT", raw -> raw.endsWith("cut " + id))).hasSize(1);
  }

  private static String answer(Socket socket) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next >= 0 && next != 0x1c; next = in.read()) {
      answer.write(next);
    }
    in.read();
    return answer.toString(StandardCharsets.UTF_8);
  }

  private int rows(String condition) throws SQLException {
    try (Connection connection = hub.bean("inboxDataSource", DataSource.class).getConnection();
        ResultSet count =
            connection
                .createStatement()
                .executeQuery("select count(*) from message where " + condition)) {
      count.next();
      return count.getInt(1);
    }
  }
}
