package dev.kiln.access.smart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** The key of all clients that prove themselves by a signature. */
final class ClientKey {

  private static final ECKey KEY = generated();

  private ClientKey() {}

  /** As a JSON Web Key Set. */
  static Map<String, Object> publicKeys() {
    return new JWKSet(KEY.toPublicJWK()).toJSONObject();
  }

  static String assertion(String clientId, String tokenEndpoint) {
    SignedJWT assertion =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(JOSEObjectType.JWT)
                .keyID(KEY.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(tokenEndpoint)
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(Instant.now().plusSeconds(240)))
                .build());
    try {
      assertion.sign(new ECDSASigner(KEY));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return assertion.serialize();
  }

  private static ECKey generated() {
    try {
      return new ECKeyGenerator(Curve.P_384).keyID("growth").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
