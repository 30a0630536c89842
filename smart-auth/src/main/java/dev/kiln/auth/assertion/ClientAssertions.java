package dev.kiln.auth.assertion;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.kiln.auth.client.Clients;
import dev.kiln.auth.client.Clients.Client;
import dev.kiln.auth.client.Clients.Registration;
import java.io.IOException;
import java.text.ParseException;
import java.util.Optional;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Reads a client's assertion and believes it where one of the client's own keys signed it, and only
 * once. The library's decoder takes one algorithm a client, keeps keys for ever and would accept
 * the same assertion again.
 */
public final class ClientAssertions implements JwtDecoderFactory<RegisteredClient> {

  private static final int FEWEST_BITS = 2048;

  private final Clients clients;
  private final KeySetAddresses addresses;
  private final AssertionRules rules;
  private final AcceptedAssertions accepted;

  ClientAssertions(
      Clients clients,
      KeySetAddresses addresses,
      AssertionRules rules,
      AcceptedAssertions accepted) {
    this.clients = clients;
    this.addresses = addresses;
    this.rules = rules;
    this.accepted = accepted;
  }

  @Override
  public JwtDecoder createDecoder(RegisteredClient client) {
    return assertion -> decode(assertion, client.getClientId());
  }

  private Jwt decode(String assertion, String clientId) {
    try {
      SignedJWT jwt = SignedJWT.parse(assertion);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      Registration registration =
          clients.find(clientId).map(Client::registration).orElseThrow(ClientAssertions::refused);
      rules.check(jwt.getHeader(), claims, clientId, registration.jwksUrl());
      JWK key =
          key(registration, jwt.getHeader().getKeyID()).orElseThrow(ClientAssertions::refused);
      if (!jwt.verify(verifier(key, jwt.getHeader().getAlgorithm()))) {
        throw refused();
      }
      if (!accepted.accept(
          clientId, claims.getJWTID(), claims.getExpirationTime().toInstant().plusSeconds(60))) {
        throw new BadJwtException("The assertion was used before");
      }
      return Jwt.withTokenValue(assertion)
          .headers(headers -> headers.putAll(jwt.getHeader().toJSONObject()))
          .subject(clientId)
          .issuer(clientId)
          .jti(claims.getJWTID())
          .expiresAt(claims.getExpirationTime().toInstant())
          .build();
    } catch (ParseException | JOSEException | IOException e) {
      throw new BadJwtException("The assertion cannot be verified", e);
    }
  }

  private Optional<JWK> key(Registration registration, String kid)
      throws ParseException, IOException {
    JWKSet keys =
        registration.jwks() != null
            ? JWKSet.parse(registration.jwks())
            : addresses.read(registration.jwksUrl());
    return Optional.ofNullable(keys.getKeyByKeyId(kid));
  }

  /**
   * The key's own kind decides, so that no key is used with an algorithm that it was not made for.
   */
  private static JWSVerifier verifier(JWK key, JWSAlgorithm algorithm) throws JOSEException {
    if (algorithm.equals(JWSAlgorithm.RS384)
        && key instanceof RSAKey rsa
        && rsa.size() >= FEWEST_BITS) {
      return new RSASSAVerifier(rsa);
    }
    if (algorithm.equals(JWSAlgorithm.ES384)
        && key instanceof ECKey ec
        && Curve.P_384.equals(ec.getCurve())) {
      return new ECDSAVerifier(ec);
    }
    throw refused();
  }

  private static BadJwtException refused() {
    return new BadJwtException("The assertion is not signed by a key of the client");
  }
}
