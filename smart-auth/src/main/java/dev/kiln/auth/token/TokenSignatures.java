package dev.kiln.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.kiln.auth.key.SigningKeys;
import java.text.ParseException;
import java.util.Optional;

/** Signs tokens, and recognises those that this server has signed. */
final class TokenSignatures {

  /** Keeps an id_token, signed by the same key, from passing for an access token (RFC 9068). */
  static final JOSEObjectType ACCESS = new JOSEObjectType("at+jwt");

  static final JOSEObjectType ID = JOSEObjectType.JWT;

  private final SigningKeys keys;

  TokenSignatures(SigningKeys keys) {
    this.keys = keys;
  }

  String sign(JOSEObjectType type, JWTClaimsSet claims) {
    RSAKey key = keys.current();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(type).build();
    SignedJWT jwt = new SignedJWT(header, claims);
    try {
      jwt.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("A token cannot be signed", e);
    }
    return jwt.serialize();
  }

  /** What the token says; empty where it is no access token of this server's. */
  Optional<JWTClaimsSet> verified(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWSHeader header = jwt.getHeader();
      if (!JWSAlgorithm.RS256.equals(header.getAlgorithm())
          || !ACCESS.equals(header.getType())
          || header.getKeyID() == null) {
        return Optional.empty();
      }
      Optional<RSAKey> key = keys.byId(header.getKeyID());
      return key.isPresent() && jwt.verify(new RSASSAVerifier(key.get()))
          ? Optional.of(jwt.getJWTClaimsSet())
          : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }
}
