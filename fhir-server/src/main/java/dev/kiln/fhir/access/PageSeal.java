package dev.kiln.fhir.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Binds a stored search to its caller by the search's own id, so that no table of owners is needed:
 * half of the id is random, the other half proves for whom it was made. The key lives as long as
 * the process; links to pages from before a restart have ended.
 */
final class PageSeal {

  /** Both halves and the dot between them fit the 48 characters of HAPI's column. */
  private static final int BYTES = 16;

  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  PageSeal() {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** A fresh id for a search of this caller's. */
  String fresh(Caller caller) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String half = TEXT.encodeToString(bytes);
    return half + "." + proof(half, caller);
  }

  boolean belongsTo(String id, Caller caller) {
    String[] halves = id.split("\\.", 2);
    return halves.length == 2
        && MessageDigest.isEqual(
            halves[1].getBytes(StandardCharsets.UTF_8),
            proof(halves[0], caller).getBytes(StandardCharsets.UTF_8));
  }

  private String proof(String half, Caller caller) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] whole =
          mac.doFinal((half + "\n" + caller.identity()).getBytes(StandardCharsets.UTF_8));
      return TEXT.encodeToString(Arrays.copyOf(whole, BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }
}
