package dev.kiln.routes.inbox.archive;

import dev.kiln.routes.MessageId;
import dev.kiln.routes.inbox.seal.MessageSeal;
import dev.kiln.routes.inbox.seal.MessageSeal.Part;
import dev.kiln.routes.inbox.seal.MessageSeal.Sealed;
import dev.kiln.routes.inbox.seal.SealBroken;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/**
 * The sealed parts of a row. Of one whose key is lost the rest is still shown.
 *
 * @param raw empty where they cannot be opened
 * @param detail says so then
 */
record OpenedParts(byte[] raw, String detail) {

  static OpenedParts of(MessageId id, ResultSet row, MessageSeal seal) throws SQLException {
    byte[] sealed = row.getBytes("sealed_detail");
    try {
      byte[] raw = seal.open(id, Part.RAW, new Sealed(row.getInt("raw_key"), row.getBytes("raw")));
      return new OpenedParts(
          raw,
          sealed == null
              ? Objects.requireNonNullElse(row.getString("detail"), "")
              : new String(
                  seal.open(id, Part.DETAIL, new Sealed(row.getInt("detail_key"), sealed)),
                  StandardCharsets.UTF_8));
    } catch (SealBroken e) {
      return new OpenedParts(new byte[0], e.getMessage() + ".");
    }
  }
}
