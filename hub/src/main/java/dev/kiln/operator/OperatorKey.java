package dev.kiln.operator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * The private key by which the command line says that it is the operator's, as any SMART backend
 * service does (SMART App Launch 2.2, "Client Authentication: Asymmetric"). It is made at the first
 * start, as a JSON Web Key in a file that only its owner reads; the server keeps the public half.
 */
public final class OperatorKey {

  /** The client that the key belongs to. */
  public static final String CLIENT = "kiln-operator";

  private static final long SECONDS = 120;

  private final ECKey key;

  private OperatorKey(ECKey key) {
    this.key = key;
  }

  /**
   * Reads the key, or makes the file with a fresh one.
   *
   * @throws IllegalStateException where the file holds something else, or is open to others
   */
  public static OperatorKey in(Path file) {
    try {
      if (Files.notExists(file)) {
        create(file);
      }
      return read(file);
    } catch (IOException | JOSEException e) {
      throw new IllegalStateException(
          "The operator's key " + file + " (kiln.operator-key-file) cannot be read or made.", e);
    }
  }

  /**
   * Reads the key.
   *
   * @throws IOException where it is not there or cannot be read
   */
  public static OperatorKey read(Path file) throws IOException {
    try {
      return new OperatorKey(ECKey.parse(OwnersFile.read(file)));
    } catch (ParseException e) {
      // The exception's message would quote the key.
      throw new IllegalStateException(
          "The file "
              + file
              + " (kiln.operator-key-file) holds no key; delete it and Kiln makes a new one.");
    }
  }

  /** The public half, as a JSON Web Key Set. */
  String publicKeys() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /**
   * What the token endpoint wants to see, good for once and for two minutes.
   *
   * @param tokenEndpoint as its clients name it
   */
  public String assertion(String tokenEndpoint) {
    Instant now = Instant.now();
    SignedJWT assertion =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(CLIENT)
                .subject(CLIENT)
                .audience(tokenEndpoint)
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(now.plusSeconds(SECONDS)))
                .build());
    try {
      assertion.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("The operator's key cannot sign", e);
    }
    return assertion.serialize();
  }

  private static void create(Path file) throws IOException, JOSEException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    ECKey fresh =
        new ECKeyGenerator(Curve.P_384)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.ES384)
            .keyIDFromThumbprint(true)
            .generate();
    OwnersFile.write(file, fresh.toJSONString());
  }
}
