package dev.kiln.bench.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** A client's key, and what the token endpoint wants to see signed by it (RFC 7523). */
public record SigningKey(Algorithm algorithm, String id, PrivateKey secret) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECONDS = 120;

  /** Of a number of the curve P-384 (RFC 7518, section 6.2.1.2). */
  private static final int COORDINATE_BYTES = 48;

  /**
   * The operator's.
   *
   * @param file holds a JSON Web Key of the curve P-384
   */
  public static SigningKey in(Path file) throws IOException {
    JsonNode key = JSON.readTree(file.toFile());
    try {
      AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
      curve.init(new ECGenParameterSpec("secp384r1"));
      BigInteger secret = new BigInteger(1, Base64.getUrlDecoder().decode(key.path("d").asText()));
      return new SigningKey(
          Algorithm.ES384,
          key.path("kid").asText(),
          KeyFactory.getInstance("EC")
              .generatePrivate(
                  new ECPrivateKeySpec(secret, curve.getParameterSpec(ECParameterSpec.class))));
    } catch (GeneralSecurityException e) {
      throw new IOException("The key in " + file + " cannot sign", e);
    }
  }

  /**
   * A JSON Web Token, good once.
   *
   * @param tokenEndpoint as clients name it
   */
  public String assertion(String client, String tokenEndpoint) {
    ObjectNode head =
        JSON.createObjectNode().put("alg", algorithm.name()).put("typ", "JWT").put("kid", id);
    ObjectNode claims =
        JSON.createObjectNode()
            .put("iss", client)
            .put("sub", client)
            .put("aud", tokenEndpoint)
            .put("jti", UUID.randomUUID().toString())
            .put("exp", Instant.now().getEpochSecond() + SECONDS);
    String signed = encoded(bytes(head.toString())) + "." + encoded(bytes(claims.toString()));
    return signed + "." + encoded(algorithm.sign(bytes(signed), secret));
  }

  /** The public half as a JSON Web Key. */
  public static ObjectNode published(String id, Algorithm algorithm, KeyPair keys) {
    ObjectNode key =
        JSON.createObjectNode().put("kid", id).put("use", "sig").put("alg", algorithm.name());
    if (keys.getPublic() instanceof ECPublicKey curve) {
      return key.put("kty", "EC")
          .put("crv", "P-384")
          .put("x", encoded(unsigned(curve.getW().getAffineX(), COORDINATE_BYTES)))
          .put("y", encoded(unsigned(curve.getW().getAffineY(), COORDINATE_BYTES)));
    }
    RSAPublicKey rsa = (RSAPublicKey) keys.getPublic();
    return key.put("kty", "RSA")
        .put("n", encoded(unsigned(rsa.getModulus(), rsa.getModulus().bitLength() / 8)))
        .put("e", encoded(rsa.getPublicExponent().toByteArray()));
  }

  /** Without the byte for the sign, and filled up with zeros in front. */
  private static byte[] unsigned(BigInteger number, int length) {
    byte[] given = number.toByteArray();
    byte[] wanted = new byte[length];
    int used = Math.min(given.length, length);
    System.arraycopy(given, given.length - used, wanted, length - used, used);
    return wanted;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
