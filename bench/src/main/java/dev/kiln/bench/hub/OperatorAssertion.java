package dev.kiln.bench.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * What the token endpoint wants to see of the operator's client: a JSON Web Token (RFC 7523),
 * signed by the key in the hub's data folder.
 */
final class OperatorAssertion {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLIENT = "kiln-operator";
  private static final long SECONDS = 120;

  private OperatorAssertion() {}

  /**
   * @param file holds a JSON Web Key of the curve P-384
   * @param tokenEndpoint as clients name it
   */
  static String of(Path file, String tokenEndpoint) throws IOException {
    JsonNode key = JSON.readTree(file.toFile());
    String head =
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("alg", "ES384")
                .put("typ", "JWT")
                .put("kid", key.path("kid").asText()));
    String claims =
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("iss", CLIENT)
                .put("sub", CLIENT)
                .put("aud", tokenEndpoint)
                .put("jti", UUID.randomUUID().toString())
                .put("exp", Instant.now().getEpochSecond() + SECONDS));
    String signed = encoded(bytes(head)) + "." + encoded(bytes(claims));
    try {
      return signed + "." + encoded(signature(key, bytes(signed)));
    } catch (GeneralSecurityException e) {
      throw new IOException("The key in " + file + " cannot sign", e);
    }
  }

  private static byte[] signature(JsonNode key, byte[] text) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp384r1"));
    BigInteger secret = new BigInteger(1, Base64.getUrlDecoder().decode(key.path("d").asText()));
    // JSON Web Signatures have the two numbers side by side (RFC 7518, section 3.4), not in DER.
    Signature signature = Signature.getInstance("SHA384withECDSAinP1363Format");
    signature.initSign(
        KeyFactory.getInstance("EC")
            .generatePrivate(
                new ECPrivateKeySpec(secret, curve.getParameterSpec(ECParameterSpec.class))));
    signature.update(text);
    return signature.sign();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
