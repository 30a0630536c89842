package dev.kiln.bench.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signatures are looked at with the key that is read back from its published half. */
class SigningKeyTest {

  private static final String ENDPOINT = "http://localhost:1/oauth2/token";

  @ParameterizedTest
  @EnumSource
  void whatIsSignedIsVerifiedByThePublishedHalf(Algorithm algorithm) throws Exception {
    // Numbers that begin with a zero byte come once in 256 times.
    for (int i = 0; i < (algorithm == Algorithm.ES384 ? 600 : 1); i++) {
      KeyPair keys = algorithm.newKeys();
      ObjectNode published = SigningKey.published("one", algorithm, keys);
      assertThat(publicKey(published)).isEqualTo(keys.getPublic());
    }
    KeyPair keys = algorithm.newKeys();
    SigningKey key = new SigningKey(algorithm, "one", keys.getPrivate());
    String assertion = key.assertion("client", ENDPOINT);
    assertThat(verifies(algorithm, assertion, keys.getPublic())).isTrue();
    assertThat(verifies(algorithm, assertion, algorithm.newKeys().getPublic())).isFalse();

    assertThat(part(assertion, 0).path("alg").asText()).isEqualTo(algorithm.name());
    assertThat(part(assertion, 0).path("kid").asText()).isEqualTo("one");
    JsonNode claims = part(assertion, 1);
    assertThat(claims.path("iss").asText()).isEqualTo("client");
    assertThat(claims.path("sub").asText()).isEqualTo("client");
    assertThat(claims.path("aud").asText()).isEqualTo(ENDPOINT);
    long now = Instant.now().getEpochSecond();
    assertThat(claims.path("exp").asLong()).isBetween(now + 60, now + 300);
    assertThat(part(key.assertion("client", ENDPOINT), 1).path("jti"))
        .isNotEqualTo(claims.path("jti"));
  }

  @Test
  void theOperatorsFileIsRead(@TempDir Path folder) throws Exception {
    KeyPair keys = Algorithm.ES384.newKeys();
    ObjectNode file = SigningKey.published("operator", Algorithm.ES384, keys);
    byte[] secret = ((ECPrivateKey) keys.getPrivate()).getS().toByteArray();
    file.put("d", Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    SigningKey key =
        SigningKey.in(Files.writeString(folder.resolve("operator.key"), file.toString()));
    assertThat(key.id()).isEqualTo("operator");
    assertThat(verifies(Algorithm.ES384, key.assertion("c", ENDPOINT), keys.getPublic())).isTrue();
  }

  private static PublicKey publicKey(JsonNode published) throws Exception {
    if (published.path("kty").asText().equals("RSA")) {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(number(published, "n"), number(published, "e")));
    }
    assertThat(decoded(published, "x")).hasSize(48);
    assertThat(decoded(published, "y")).hasSize(48);
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp384r1"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(
                new ECPoint(number(published, "x"), number(published, "y")),
                curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(JsonNode key, String name) {
    return new BigInteger(1, decoded(key, name));
  }

  private static byte[] decoded(JsonNode key, String name) {
    return Base64.getUrlDecoder().decode(key.path(name).asText());
  }

  private static boolean verifies(Algorithm algorithm, String assertion, PublicKey key)
      throws Exception {
    String[] parts = assertion.split("[.]");
    Signature signature =
        Signature.getInstance(
            algorithm == Algorithm.RS384 ? "SHA384withRSA" : "SHA384withECDSAinP1363Format");
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  private static JsonNode part(String assertion, int which) throws Exception {
    return new ObjectMapper()
        .readTree(Base64.getUrlDecoder().decode(assertion.split("[.]")[which]));
  }
}
