package dev.kiln.bench.door;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Fills the inbox of the hub that the bench measures with messages of thirteen months, which would
 * take hours over the wire; what ships has no such class. Their bytes are of chance, as sealed ones
 * look; nothing that is measured opens them.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
public final class StockDoor implements Filter {

  /** Written out: the bench, which has no servlets, cannot load this class to ask for it. */
  public static final String NAME = "dev.kiln.bench.door.StockDoor";

  /** The header with the number of messages. */
  public static final String HEADER = "X-Bench-Stock";

  /** So many senders and patients they are about. */
  public static final int SENDERS = 200;

  public static final int PATIENTS = 50_000;

  private static final String FILL =
      """
      insert into message (id, received_at, source, format, type, control_id, sender, digest, raw,
                           raw_key, state, reason, finished_at, about)
      select gen_random_uuid(), at, 'mllp', 'hl7v2',
             (array['ADT^A01', 'ADT^A08', 'ADT^A03', 'ORU^R01', 'SIU^S12'])[1 + mod(n, 5)],
             'STOCK' || n, 'APP' || mod(n, %1$d) || '|HOSPITAL', sha256(n::text::bytea),
             decode(repeat(md5(n::text), 20), 'hex'), 1,
             case when mod(n, 50) = 0 then 'rejected' when mod(n, 200) = 1 then 'failed'
                  else 'applied' end,
             case when mod(n, 50) = 0 then 'UNSUPPORTED_VERSION'
                  when mod(n, 200) = 1 then 'STORE_REFUSED' end,
             at, array['Patient/stock-' || mod(n, %2$d), 'Encounter/stock-' || n]
      from (select n, now() - make_interval(secs => n::double precision * 395 * 86400 / ?) as at
            from generate_series(1, ?) n) stock
      """
          .formatted(SENDERS, PATIENTS);

  private final DataSource inbox;

  /** Made by Spring. */
  public StockDoor(@Qualifier("inboxDataSource") DataSource inbox) {
    this.inbox = inbox;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String number = ((HttpServletRequest) request).getHeader(HEADER);
    if (number == null) {
      chain.doFilter(request, response);
      return;
    }
    try (Connection connection = inbox.getConnection();
        PreparedStatement fill = connection.prepareStatement(FILL);
        Statement then = connection.createStatement()) {
      fill.setInt(1, Integer.parseInt(number));
      fill.setInt(2, Integer.parseInt(number));
      fill.executeUpdate();
      then.execute("analyze message");
      ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_NO_CONTENT);
    } catch (SQLException e) {
      throw new ServletException(e);
    }
  }
}
